import { z } from 'zod';
import { time } from './fields.ts';
import { invocation } from './invocation.ts';

export const eventType = z.enum(['action_approval_request', 'action_completed', 'action_approval_result']);
export type EventType = z.infer<typeof eventType>;

/** What subscribers hear. There is no event for an approval itself: what follows it is `action_completed`. */
export const event = z.object({
  type: eventType,
  payload: z.object({ invocation }),
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
 * One text frame of the WebSocket. `subscribed` comes once, after what was missed and before what is new; whoever reads
 * the list after it loses nothing. Every cursor serves as `?after=` of a later connection.
 */
export type EventMessage =
  | (Event & { readonly cursor: string })
  | { readonly type: 'subscribed'; readonly payload: Record<string, never>; readonly cursor: string };

export const eventsQuery = z.strictObject({ after: eventCursor.optional() });

/** The subprotocol that is spoken, and the prefix of the one that carries a ticket: a URL would end in logs. */
export const eventsProtocol = 'assent.events.v1';
export const ticketProtocolPrefix = 'assent.ticket.';

export const eventTicketAnswer = z.object({ ticket: z.string(), expiresAt: time });

/** Why the gateway ends a connection: RFC 6455, section 7.4.1, and one of our own. */
export const eventCloseCodes = {
  /** The gateway stops. */
  goingAway: 1001,
  /** Who was let in may no longer listen. */
  notAllowed: 1008,
  /** Something may have been lost on the way here: connect again with `?after=`. */
  interrupted: 1012,
  /** More was missed than is told: read the list (`GET …/invocations`), then connect without `?after=`. */
  tooFarBehind: 4010,
} as const;
