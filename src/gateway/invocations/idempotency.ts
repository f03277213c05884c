import { equalInConstantTime } from '../../lib/hash.ts';
import { findByIdempotencyKey } from '../../store/invocations.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { type KeyedRequest, requestHash } from '../actions/hashes.ts';
import type { SessionCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** How long a request under a key can be told from another one: then the hash of it is dropped. */
export const comparableMs: number = 24 * 3600 * 1000;

/** The session's invocation under the same key. Throws `idempotency_mismatch` where that is not known to be this request. */
export async function findEarlier(
  gateway: Gateway,
  caller: SessionCaller,
  request: KeyedRequest,
): Promise<InvocationRow | undefined> {
  if (request.idempotencyKey === undefined) return undefined;
  const row = await findByIdempotencyKey(gateway.store.db, caller.sessionId, request.idempotencyKey);
  if (row !== undefined) refuseMismatch(gateway, row, request);
  return row;
}

/**
 * The same key must mean the same request, and never runs twice in its session. After a day nothing is left to compare with, and
 * the key is refused: the earlier invocation is no answer to what may be another request, and it would not be seen to be none.
 */
export function refuseMismatch(gateway: Gateway, row: InvocationRow, request: KeyedRequest): void {
  if (row.created_at <= gateway.clock() - comparableMs) {
    throw new GatewayError(
      'idempotency_mismatch',
      `This Idempotency-Key was used more than 24 hours ago, for the invocation ${row.id}. Look at that one, and take a new key for a new request.`,
    );
  }
  if (isSame(gateway, row, request)) return;
  throw new GatewayError(
    'idempotency_mismatch',
    'This Idempotency-Key was used for another request in the last 24 hours. Take a new key for a new request.',
  );
}

/** Rows that an earlier version made have lost their hash: of these the action is compared. */
function isSame(gateway: Gateway, row: InvocationRow, request: KeyedRequest): boolean {
  if (row.request_hash === null)
    return row.source_id === request.sourceId && row.action_id === request.actionId;
  return equalInConstantTime(row.request_hash, requestHash(gateway.hashRequest, request) ?? '');
}
