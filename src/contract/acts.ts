import { z } from 'zod';
import { cursor, id, json, limit, time } from './fields.ts';

/** What a person did that is on record, beside deciding. */
export const actKind = z.enum(['reveal']);
export type ActKind = z.infer<typeof actKind>;

export const act = z.object({
  id,
  kind: actKind,
  /** Who; `null` where nobody was asked who they are. The name is `null` where the user is there no longer. */
  by: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** By what they were known: a token, by its id, or a browser that was signed in. */
  credential: z
    .object({ kind: z.enum(['user_token', 'browser_session']), id: z.string().nullable() })
    .nullable(),
  /** What it was about. */
  subject: z.object({ kind: z.enum(['invocation']), id: z.string() }).nullable(),
  /** What was there, and what is there now, where something was changed; redacted. */
  before: json,
  after: json,
  at: time,
});
export type Act = z.infer<typeof act>;

export const actsQuery = z.strictObject({
  kind: actKind.optional(),
  invocationId: id.optional(),
  limit,
  cursor: cursor.optional(),
});

export const actsAnswer = z.object({ acts: z.array(act), nextCursor: z.string().nullable() });
export type ActsAnswer = z.infer<typeof actsAnswer>;

/** `params` is the JSON text that runs, byte for byte; `act` is what is on record of the look at it. */
export const revealAnswer = z.object({ params: z.string(), act });
export type RevealAnswer = z.infer<typeof revealAnswer>;
