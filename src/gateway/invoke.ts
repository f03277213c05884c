import type { ErrorBody } from '../contract/errors.ts';
import type { Invocation, InvokeBody, Status } from '../contract/invocation.ts';
import type { JsonObject, JsonValue } from '../lib/json.ts';
import type { InvocationRow } from '../store/tables.ts';
import { admit } from './admit.ts';
import { announceApprovalRequest } from './announcements.ts';
import type { SessionCaller } from './callers.ts';
import { carryOut } from './execute.ts';
import { checkParams, findAction } from './find-action.ts';
import type { Gateway } from './gateway.ts';
import { findEarlier } from './idempotency.ts';
import type { FoundAction } from './judge.ts';
import { record } from './record.ts';
import { toInvocation } from './wire.ts';

export interface InvokeRequest extends InvokeBody {
  readonly params?: JsonObject;
  readonly idempotencyKey?: string | undefined;
}

/** What became of a request, so far. */
export type Outcome =
  | { readonly kind: 'executed'; readonly invocation: Invocation; readonly result: JsonValue }
  | { readonly kind: 'waiting'; readonly invocation: Invocation; readonly message: string }
  | { readonly kind: 'refused'; readonly invocation: Invocation; readonly error: ErrorBody['error'] };

/**
 * An agent asks: find the action, validate the params, resolve the mode and record, then execute, wait or refuse, and
 * announce.
 * Throws `GatewayError`: `rate_limited`, `idempotency_mismatch`, `unknown_action`, `source_disabled`, `source_unavailable`,
 * `invalid_params`, `pending_limit`. What is recorded never throws: it comes back as an outcome.
 */
export async function invoke(
  gateway: Gateway,
  caller: SessionCaller,
  request: InvokeRequest,
): Promise<Outcome> {
  await admit(gateway, caller);
  const earlier = await findEarlier(gateway, caller, request);
  if (earlier !== undefined) return outcomeOf({ invocation: toInvocation(earlier) });

  const found = await findAction(gateway, caller, request.sourceId, request.actionId);
  const params = checkParams(found.definition, request.params ?? {});
  const { row, isNew } = await record(gateway, caller, request, found, params);
  if (!isNew) return outcomeOf({ invocation: toInvocation(row) });
  return proceed(gateway, row, found, params);
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

/** What an invocation means to the one who asked. `result` is the fuller copy, where it was just made. */
export function outcomeOf({ invocation, result }: { invocation: Invocation; result?: JsonValue }): Outcome {
  return outcomes[invocation.status](invocation, result);
}

const outcomes: Readonly<Record<Status, (invocation: Invocation, result?: JsonValue) => Outcome>> = {
  pending: (invocation) => waiting(invocation, 'Waiting for approval by an owner or admin.'),
  approved: (invocation) => waiting(invocation, 'Approved, and about to run.'),
  executing: (invocation) => waiting(invocation, 'Running.'),
  completed: (invocation, result) => ({
    kind: 'executed',
    invocation,
    // The stored copy was made from JSON by `record`.
    result: result === undefined ? (invocation.result as JsonValue) : result,
  }),
  denied: (invocation) => refused(invocation, 'denied', deniedSentence(invocation.deniedReason)),
  expired: (invocation) => refused(invocation, 'expired', 'Nobody decided in time. Invoke the action again.'),
  failed: (invocation) => refused(invocation, 'action_failed', invocation.error ?? 'The action failed.'),
};

/** Policy's own reason begins with the word already. */
function deniedSentence(reason: string | null): string {
  if (reason === null) return 'Denied.';
  return reason.startsWith('denied ') ? `D${reason.slice(1)}.` : `Denied: ${reason}.`;
}

function waiting(invocation: Invocation, message: string): Outcome {
  return { kind: 'waiting', invocation, message };
}

function refused(invocation: Invocation, code: ErrorBody['error']['code'], message: string): Outcome {
  return { kind: 'refused', invocation, error: { code, message } };
}
