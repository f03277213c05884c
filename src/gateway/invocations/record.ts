import { type Database, lockRow } from '../../store/engine/database.ts';
import { countPendingOfSession, findByIdempotencyKey, insertInvocation } from '../../store/invocations.ts';
import { findSessionPolicy, type SessionPolicy } from '../../store/session-policy.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { startExecuting } from '../../store/transitions.ts';
import { evaluate } from '../actions/evaluate.ts';
import { refuseDisabled } from '../actions/find-action.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { reviewOf } from '../actions/reviews.ts';
import type { SessionCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { enqueueAnnouncements } from '../notifications/enqueue.ts';
import { refuseEndedSession } from '../people/authenticate.ts';
import type { AskedParams } from './asked-params.ts';
import { refuseMismatch } from './idempotency.ts';
import { newRow } from './new-row.ts';
import type { InvokeRequest } from './outcome.ts';
import { tooManyPending } from './refuse-early.ts';

/**
 * Puts the request on record, in the status that its mode gives it, before anything else happens; an allowed one comes
 * back as `executing`. Policy is asked here, in the same transaction: however long the listing took, what was revoked,
 * switched off or denied meanwhile counts. `isNew` is false where another request under the same idempotency key was
 * faster: then that one's row comes back.
 * Throws `unauthenticated`, `source_disabled`, `pending_limit`, `idempotency_mismatch`, and `conflict` where policy denies no longer
 * what it denied when the params came, which were not checked then.
 */
export async function record(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
  found: FoundAction,
  params: AskedParams,
): Promise<{ row: InvocationRow; isNew: boolean }> {
  return gateway.store.write(async (tx) => {
    await lockRow(tx, 'agent_sessions', caller.sessionId);
    const faster = await findFaster(gateway, tx, caller, request);
    if (faster !== undefined) return { row: faster, isNew: false };

    const policy = await policyNow(gateway, tx, caller);
    refuseDisabled(policy.disabled, request.sourceId, request.actionId);
    const decision = evaluate({
      sourceId: found.source.id,
      definition: found.definition,
      review: await reviewOf(tx, caller.organizationId, found.source.id, found.definition.id),
      modes: policy,
      params: params.exact,
    });
    if (decision.mode !== 'deny' && !params.isChecked) throw changedMeanwhile();
    const row = newRow(gateway, caller, request, found, params, decision);
    if (row.status === 'pending') await refuseOverLimit(gateway, tx, row);
    if ((await insertInvocation(tx, row)) === null)
      throw new TypeError('the key is free while the session is held');
    if (row.status === 'pending') await enqueueAnnouncements(tx, row);
    return { row: { ...row, ...(await startIfApproved(gateway, tx, row)) }, isNew: true };
  });
}

function changedMeanwhile(): GatewayError {
  return new GatewayError('conflict', 'Policy changed at the same moment. Ask again.');
}

async function findFaster(
  gateway: Gateway,
  tx: Database,
  caller: SessionCaller,
  request: InvokeRequest,
): Promise<InvocationRow | undefined> {
  if (request.idempotencyKey === undefined) return undefined;
  const row = await findByIdempotencyKey(tx, caller.sessionId, request.idempotencyKey);
  if (row !== undefined) refuseMismatch(gateway, row, request);
  return row;
}

async function policyNow(gateway: Gateway, tx: Database, caller: SessionCaller): Promise<SessionPolicy> {
  const found = await findSessionPolicy(tx, caller.organizationId, caller.sessionId);
  if (found === undefined) throw notFound('session');
  refuseEndedSession(found.row, gateway.clock());
  return found.policy;
}

/** Nobody is waited for between the two steps of an allowed row, so that they share a transaction. */
async function startIfApproved(
  gateway: Gateway,
  tx: Database,
  row: InvocationRow,
): Promise<Partial<InvocationRow> | undefined> {
  if (row.status !== 'approved') return undefined;
  return startExecuting(tx, row.id, row.created_at, gateway.id);
}

async function refuseOverLimit(gateway: Gateway, tx: Database, row: InvocationRow): Promise<void> {
  const most = gateway.limits.pendingPerSession;
  if ((await countPendingOfSession(tx, row, row.created_at)) < most) return;
  throw tooManyPending(gateway);
}
