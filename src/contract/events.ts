import { z } from 'zod';
import { time } from './fields.ts';
import { invocation } from './invocation.ts';

export const eventType = z.enum([
  'action_approval_request',
  'action_completed',
  'action_approval_result',
  'action_progress',
]);
export type EventType = z.infer<typeof eventType>;

/** How far an execution is: in words, redacted, or as a fraction from 0 to 1. */
export const progress = z.object({
  text: z.string().nullable(),
  fraction: z.number().min(0).max(1).nullable(),
});
export type Progress = z.infer<typeof progress>;

/** What subscribers hear. There is no event for an approval itself: what follows it is `action_completed`. */
export const event = z.object({
  type: eventType,
  payload: z.object({
    invocation,
    /** With `action_progress` alone, which only those hear who listen to the gateway that executes, while they do. */
    progress: progress.optional(),
  }),
});
export type Event = z.infer<typeof event>;

/** What an event is about: enough to say whether somebody wants it, and to read it from the database. */
export const eventSubject = z.object({
  type: eventType,
  organizationId: z.string(),
  sessionId: z.string(),
  invocationId: z.string(),
});
export type EventSubject = z.infer<typeof eventSubject>;

/** Opaque: the `cursor` of the last message that came. */
export const eventCursor = z.string().regex(/^e1-[0-9a-z]{1,9}$/, 'not a cursor of an event');

/**
 * One text frame of the WebSocket. `subscribed` comes once, after what was missed and before what is new; a client that
 * reads the list after it loses nothing. Every cursor serves as `?after=` of a later connection.
 */
export type EventMessage =
  | (Event & { readonly cursor: string })
  | { readonly type: 'subscribed'; readonly payload: Record<string, never>; readonly cursor: string };

export const eventsQuery = z.strictObject({ after: eventCursor.optional() });

export const eventTicketAnswer = z.object({ ticket: z.string(), expiresAt: time });
export type EventTicketAnswer = z.infer<typeof eventTicketAnswer>;
