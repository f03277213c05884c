import type { JsonObject } from '../../lib/json.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { findAction } from '../actions/find-action.ts';
import type { FoundAction } from '../actions/hashes.ts';
import { announceApprovalRequest } from '../announce.ts';
import type { SessionCaller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { askedParams } from './asked-params.ts';
import { carryOut } from './execute.ts';
import { findEarlier } from './idempotency.ts';
import { type InvokeRequest, type Outcome, outcomeOf } from './outcome.ts';
import { rateLimit } from './rate-limit.ts';
import { record } from './record.ts';
import { refuseEarly } from './refuse-early.ts';
import { resultFor } from './whole-result.ts';

/**
 * An agent asks: find the action, validate the params, resolve the mode and record, then execute, wait or refuse, and
 * announce.
 * Throws `GatewayError`: `rate_limited`, `idempotency_mismatch`, `unknown_action`, `source_disabled`, `source_unavailable`,
 * `invalid_params`, `invalid_request`, `pending_limit`, `conflict`. What is recorded never throws: it comes back as an outcome.
 */
export async function invoke(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
): Promise<Outcome> {
  await rateLimit(gateway, caller);
  const earlier = await findEarlier(gateway, caller, request);
  if (earlier !== undefined) return outcomeOfEarlier(gateway, caller, earlier);

  const found = await findAction(gateway, caller, request.sourceId, request.actionId);
  const mode = await refuseEarly(gateway, caller, request, found);
  const params = await askedParams(gateway, caller, request, found, mode);
  const { row, isNew } = await record(gateway, caller, request, found, params);
  if (!isNew) return outcomeOfEarlier(gateway, caller, row);
  return proceed(gateway, row, found, params.exact);
}

async function outcomeOfEarlier(
  gateway: Gateway,
  caller: SessionCaller,
  row: InvocationRow,
): Promise<Outcome> {
  const invocation = toInvocation(row);
  const result = await resultFor(gateway, caller, invocation);
  return outcomeOf({ invocation, ...(result !== undefined && { result }) });
}

/** By the status that the row was recorded with: an allowed one runs at once, the others wait or are refused already. */
async function proceed(
  gateway: Gateway,
  row: InvocationRow,
  found: FoundAction,
  params: JsonObject,
): Promise<Outcome> {
  if (row.status === 'executing') return outcomeOf(await carryOut(gateway, row, found.source, params));
  const invocation = toInvocation(row);
  if (row.status === 'pending') announceApprovalRequest(gateway, invocation);
  return outcomeOf({ invocation });
}
