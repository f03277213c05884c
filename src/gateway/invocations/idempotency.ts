import { equalInConstantTime } from '../../lib/hash.ts';
import { findByIdempotencyKey } from '../../store/invocations.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { type KeyedRequest, requestHash } from '../actions/hashes.ts';
import type { SessionCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** The session's invocation under the same key. Throws `idempotency_mismatch` where that was another request. */
export async function findEarlier(
  gateway: Gateway,
  caller: SessionCaller,
  request: KeyedRequest,
): Promise<InvocationRow | undefined> {
  if (request.idempotencyKey === undefined) return undefined;
  const row = await findByIdempotencyKey(
    gateway.store.db,
    caller.sessionId,
    request.idempotencyKey,
    gateway.clock(),
  );
  if (row !== undefined) refuseMismatch(row, request);
  return row;
}

/** The same key must mean the same request. */
export function refuseMismatch(row: InvocationRow, request: KeyedRequest): void {
  if (equalInConstantTime(row.request_hash ?? '', requestHash(request) ?? '')) return;
  throw new GatewayError(
    'idempotency_mismatch',
    'This Idempotency-Key was used for another request in the last 24 hours. Take a new key for a new request.',
  );
}
