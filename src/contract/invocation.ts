import { z } from 'zod';
import { type Status, statuses } from '../shared/statuses.ts';
import { errorDetail } from './errors.ts';
import { cursor, id, json, limit, time } from './fields.ts';
import { mode, modeSource, riskLevel } from './modes.ts';

export const status = z.enum(statuses);
export type { Status };

/**
 * One request to do one action, as everybody sees it: `params` and `result` are the redacted, truncated copies. A `failed` one has a
 * result where the source answered; `{"_withheld": reason}` is one of an answer that cannot be shown. Of a result that was cut
 * (`_truncated`) the session that asked can have all for 24 hours: `GET …/invocations/:id/result`.
 */
export const invocation = z.object({
  id,
  organizationId: id,
  sessionId: id,
  automationId: id.nullable(),
  sourceId: z.string(),
  actionId: z.string(),
  riskLevel,
  mode,
  modeSource,
  status,
  params: json,
  result: json,
  error: z.string().nullable(),
  deniedReason: z.string().nullable(),
  expiresAt: time.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  createdAt: time,
  completedAt: time.nullable(),
  durationMs: z.number().int().nullable(),
});
export type Invocation = z.infer<typeof invocation>;

export const invokeBody = z.strictObject({
  sourceId: z.string().min(1).max(200),
  actionId: z.string().min(1).max(200),
  params: z.record(z.string(), json).optional(),
});
export type InvokeBody = z.infer<typeof invokeBody>;

export const idempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'an Idempotency-Key holds 1 to 200 visible ASCII characters');

/** 200: the source answered, here is what it said. Where it said that the action failed, the invocation is `failed`, and `error` says why in short. */
export const executedAnswer = z.object({ invocation, result: json });
/** 202: it waits, or still runs. */
export const waitingAnswer = z.object({ invocation, message: z.string() });
/** 403: it was refused. 502: the source gave no answer. */
export const refusedAnswer = z.object({ invocation: invocation.optional(), error: errorDetail });

export const invocationAnswer = z.object({ invocation });
/** With `wait`, and of one that has ended with a result: for the session that asked, all of it, while that is kept. */
export const followedAnswer = z.object({ invocation, result: json.optional() });
export const invocationsAnswer = z.object({
  invocations: z.array(invocation),
  /** Where to go on; `null` at the end. A page may hold nothing and still have one. */
  nextCursor: z.string().nullable(),
  /**
   * When the oldest row was created that was looked through for what the filters ask for, where the search stopped before
   * the page was full; `null` where the page is full, or the list has ended.
   */
  searchedTo: time.nullable(),
});
export type InvocationsAnswer = z.infer<typeof invocationsAnswer>;

export const waitQuery = z.strictObject({ wait: z.coerce.number().min(0).max(60).optional() });
export const denyBody = z.strictObject({ reason: z.string().trim().max(1000).optional() }).optional();

export const sessionInvocationsQuery = z.strictObject({
  status: status.optional(),
  limit,
  cursor: cursor.optional(),
});
