import type { Status } from '../../contract/invocation.ts';
import type { Mode } from '../../contract/modes.ts';
import { newId } from '../../lib/ids.ts';
import type { InvocationRow } from '../../store/tables.ts';
import type { Decision } from '../actions/evaluate.ts';
import { type FoundAction, requestHash, targetHash } from '../actions/hashes.ts';
import type { SessionCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import type { AskedParams } from './asked-params.ts';
import { leaseOf } from './lease.ts';
import type { InvokeRequest } from './outcome.ts';
import { sealParams } from './sealed-params.ts';

const firstStatus: Readonly<Record<Mode, Status>> = {
  allow: 'approved',
  require_approval: 'pending',
  deny: 'denied',
};

/** The row of a request as it is first recorded, in the status that its mode gives it. */
export function newRow(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
  found: FoundAction,
  params: AskedParams,
  decision: Decision,
): InvocationRow {
  const now = gateway.clock();
  const status = firstStatus[decision.mode];
  // Policy may have come to ask a person only now.
  const sealed = status === 'pending' ? (params.sealed ?? sealParams(gateway, params.exact)) : undefined;
  const lease = status === 'approved' ? leaseOf(gateway) : undefined;
  return {
    id: sealed?.invocationId ?? newId(),
    organization_id: caller.organizationId,
    session_id: caller.sessionId,
    automation_id: caller.automationId,
    source_id: request.sourceId,
    action_id: request.actionId,
    risk_level: decision.riskLevel,
    mode: decision.mode,
    mode_source: decision.modeSource,
    status,
    params: params.recorded,
    params_sealed: sealed?.text ?? null,
    result: null,
    error: null,
    denied_reason: decision.deniedReason,
    expires_at: status === 'pending' ? now + gateway.limits.pendingExpiryMs : null,
    decided_by: null,
    decided_at: null,
    created_at: now,
    started_at: null,
    completed_at: status === 'denied' ? now : null,
    gateway_id: lease?.gatewayId ?? null,
    lease_expires_at: lease?.expiresAt ?? null,
    idempotency_key: request.idempotencyKey ?? null,
    request_hash: requestHash(gateway.hashRequest, request),
    target_hash: status === 'pending' ? targetHash(found) : null,
  };
}
