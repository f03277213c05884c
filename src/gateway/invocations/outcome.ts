import type { ErrorBody } from '../../contract/errors.ts';
import type { Invocation, InvokeBody, Status } from '../../contract/invocation.ts';
import type { JsonObject, JsonValue } from '../../lib/json.ts';

export interface InvokeRequest extends InvokeBody {
  readonly params?: JsonObject;
  readonly idempotencyKey?: string | undefined;
}

/** What became of a request, so far. `executed` is one that the source has answered, also where it says that it failed. */
export type Outcome =
  | { readonly kind: 'executed'; readonly invocation: Invocation; readonly result: JsonValue }
  | { readonly kind: 'waiting'; readonly invocation: Invocation; readonly message: string }
  | { readonly kind: 'refused'; readonly invocation: Invocation; readonly error: ErrorBody['error'] };

/** What an invocation means to the one who asked. `result` is the fuller copy, where it was just made. */
export function outcomeOf({ invocation, result }: { invocation: Invocation; result?: JsonValue }): Outcome {
  return outcomes[invocation.status](invocation, result);
}

const outcomes: Readonly<Record<Status, (invocation: Invocation, result?: JsonValue) => Outcome>> = {
  pending: (invocation) => waiting(invocation, 'Waiting for approval by an owner or admin.'),
  approved: (invocation) => waiting(invocation, 'Approved, and about to run.'),
  executing: (invocation) => waiting(invocation, 'Running.'),
  completed: answered,
  denied: (invocation) => refused(invocation, 'denied', deniedSentence(invocation.deniedReason)),
  expired: (invocation) => refused(invocation, 'expired', 'Nobody decided in time. Invoke the action again.'),
  // With a result, the source did answer: that is handed on like any other answer.
  failed: (invocation, result) =>
    invocation.result === null
      ? refused(invocation, 'action_failed', invocation.error ?? 'The action failed.')
      : answered(invocation, result),
};

// The stored copy was made from JSON.
function answered(invocation: Invocation, result = invocation.result as JsonValue): Outcome {
  return { kind: 'executed', invocation, result };
}

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
