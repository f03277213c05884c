import type { Mode } from '../../contract/modes.ts';
import { countPendingOfSession } from '../../store/invocations.ts';
import { evaluate } from '../actions/evaluate.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { reviewOf } from '../actions/reviews.ts';
import type { SessionCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { findEarlier } from './idempotency.ts';
import type { InvokeRequest } from './outcome.ts';

/**
 * Refuses, before params are checked and redacted, what could only be refused afterwards: a request that would wait, of a session
 * that has as many waiting as it may. Gives the mode that holds now. `record` asks again, in its transaction: this one only saves
 * the work.
 * Throws `pending_limit`, `idempotency_mismatch`.
 */
export async function refuseEarly(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
  { source, definition }: FoundAction,
): Promise<Mode> {
  const { db } = gateway.store;
  const session = { organization_id: caller.organizationId, session_id: caller.sessionId };
  const review = await reviewOf(db, caller.organizationId, source.id, definition.id);
  const { mode } = evaluate({ sourceId: source.id, definition, review, modes: caller.policy });
  if (mode !== 'require_approval') return mode;
  if ((await countPendingOfSession(db, session, gateway.clock())) < gateway.limits.pendingPerSession)
    return mode;
  // The last place may have gone to this very request, sent twice.
  if ((await findEarlier(gateway, caller, request)) === undefined) throw tooManyPending(gateway);
  return mode;
}

export function tooManyPending({ limits }: Gateway): GatewayError {
  return new GatewayError(
    'pending_limit',
    `This session already has ${limits.pendingPerSession} invocations waiting for approval. Wait until one is decided or expires.`,
  );
}
