import type { Status } from '../contract/invocation.ts';
import type { Mode } from '../contract/modes.ts';
import { newId } from '../lib/ids.ts';
import type { JsonObject } from '../lib/json.ts';
import { recordable } from '../policy/record.ts';
import { type Database, lockRow } from '../store/database.ts';
import { countPendingOfSession, findByIdempotencyKey, insertInvocation } from '../store/invocations.ts';
import { findStanding, type Standing } from '../store/standing.ts';
import type { InvocationRow } from '../store/tables.ts';
import { startExecuting } from '../store/transitions.ts';
import { refuseEndedSession } from './authenticate.ts';
import type { SessionCaller } from './callers.ts';
import { GatewayError, notFound } from './errors.ts';
import { refuseDisabled } from './find-action.ts';
import type { Gateway } from './gateway.ts';
import { refuseMismatch, requestHash } from './idempotency.ts';
import type { InvokeRequest } from './invoke.ts';
import { type FoundAction, type Judgement, judge, targetHash } from './judge.ts';
import { leaseOf } from './lease.ts';
import { enqueueAnnouncements } from './notifications/enqueue.ts';

/** The place the exact params of a waiting invocation belong to, which their ciphertext is bound to. */
export function paramsPlace(invocationId: string): string {
  return `invocation:${invocationId}`;
}

const firstStatus: Readonly<Record<Mode, Status>> = {
  allow: 'approved',
  require_approval: 'pending',
  deny: 'denied',
};

/**
 * Puts the request on record, in the status that its mode gives it, before anything else happens; an allowed one comes
 * back as `executing`. Policy is asked here, in the same transaction: however long the listing took, what was revoked,
 * switched off or denied meanwhile counts. `isNew` is false where another request under the same idempotency key was
 * faster: then that one's row comes back.
 * Throws `unauthenticated`, `source_disabled`, `pending_limit`, `idempotency_mismatch`.
 */
export async function record(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
  found: FoundAction,
  params: JsonObject,
): Promise<{ row: InvocationRow; isNew: boolean }> {
  return gateway.store.write(async (tx) => {
    await lockRow(tx, 'agent_sessions', caller.sessionId);
    const faster = await findFaster(gateway, tx, caller, request);
    if (faster !== undefined) return { row: faster, isNew: false };

    const standing = await standingNow(gateway, tx, caller);
    refuseDisabled(standing.disabled, request.sourceId, request.actionId);
    const judgement = judge(found.source.id, found.definition, standing);
    const row = newRow(gateway, caller, request, found, params, judgement);
    if (row.status === 'pending') await refuseOverLimit(gateway, tx, row);
    if ((await insertInvocation(tx, row)) === null)
      throw new TypeError('the key is free while the session is held');
    if (row.status === 'pending') await enqueueAnnouncements(tx, row);
    return { row: { ...row, ...(await startIfApproved(gateway, tx, row)) }, isNew: true };
  });
}

async function findFaster(
  gateway: Gateway,
  tx: Database,
  caller: SessionCaller,
  request: InvokeRequest,
): Promise<InvocationRow | undefined> {
  if (request.idempotencyKey === undefined) return undefined;
  const row = await findByIdempotencyKey(tx, caller.sessionId, request.idempotencyKey, gateway.clock());
  if (row !== undefined) refuseMismatch(row, request);
  return row;
}

async function standingNow(gateway: Gateway, tx: Database, caller: SessionCaller): Promise<Standing> {
  const found = await findStanding(tx, caller.organizationId, caller.sessionId);
  if (found === undefined) throw notFound('session');
  refuseEndedSession(found.row, gateway.clock());
  return found.standing;
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

function newRow(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
  found: FoundAction,
  params: JsonObject,
  judgement: Judgement,
): InvocationRow {
  const id = newId();
  const now = gateway.clock();
  const status = firstStatus[judgement.mode];
  const lease = status === 'approved' ? leaseOf(gateway) : undefined;
  return {
    id,
    organization_id: caller.organizationId,
    session_id: caller.sessionId,
    automation_id: caller.automationId,
    source_id: request.sourceId,
    action_id: request.actionId,
    risk_level: judgement.riskLevel,
    mode: judgement.mode,
    mode_source: judgement.modeSource,
    status,
    params: JSON.stringify(recordable(params, [])),
    params_sealed: status === 'pending' ? gateway.sealer.seal(JSON.stringify(params), paramsPlace(id)) : null,
    result: null,
    error: null,
    denied_reason: judgement.deniedReason,
    expires_at: status === 'pending' ? now + gateway.limits.pendingExpiryMs : null,
    decided_by: null,
    decided_at: null,
    created_at: now,
    started_at: null,
    completed_at: status === 'denied' ? now : null,
    gateway_id: lease?.gatewayId ?? null,
    lease_expires_at: lease?.expiresAt ?? null,
    idempotency_key: request.idempotencyKey ?? null,
    request_hash: requestHash(request),
    target_hash: status === 'pending' ? targetHash(found) : null,
  };
}

async function refuseOverLimit(gateway: Gateway, tx: Database, row: InvocationRow): Promise<void> {
  const most = gateway.limits.pendingPerSession;
  if ((await countPendingOfSession(tx, row, row.created_at)) < most) return;
  throw new GatewayError(
    'pending_limit',
    `This session already has ${most} invocations waiting for approval. Wait until one is decided or expires.`,
  );
}
