import { z } from 'zod';

/** Every code that an answer of the gateway can carry. */
export const errorCode = z.enum([
  'invalid_request',
  'invalid_params',
  'unknown_action',
  'unauthenticated',
  'forbidden',
  'insufficient_user_authentication',
  'insufficient_scope',
  'source_disabled',
  'denied',
  'not_found',
  'conflict',
  'changed',
  'expired',
  'result_gone',
  'payload_too_large',
  'idempotency_mismatch',
  'rate_limited',
  'pending_limit',
  'action_failed',
  'source_unavailable',
  'unavailable',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** One thing that is wrong with what was sent: where (a JSON pointer, `""` for the whole), and what. */
export const issue = z.object({ path: z.string(), message: z.string() });
export type Issue = z.infer<typeof issue>;

/** What is no longer as it was when an agent asked: a part of the action, or what stands behind it. */
export const difference = z.enum(['source', 'action', 'definition', 'description', 'risk', 'session']);
export type Difference = z.infer<typeof difference>;

export const errorDetail = z.object({
  code: errorCode,
  message: z.string(),
  issues: z.array(issue).optional(),
  /** With `changed`. */
  differs: z.array(difference).optional(),
});
export const errorBody = z.object({ error: errorDetail });
export type ErrorBody = z.infer<typeof errorBody>;
