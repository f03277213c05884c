import type { Invocation } from '../contract/invocation.ts';
import type { Reply } from './command.ts';
import { exit, Failure, type FailureCode } from './exit.ts';
import { prettyJson } from './visible.ts';

/**
 * What a command says of an invocation that has ended: the result, and beside it why it failed where the source said so.
 * Throws a `Failure` where there is no result.
 */
export function outcome(invocation: Invocation, result: unknown): Reply {
  const reason = reasons[invocation.status];
  const reply = { json: result, text: () => prettyJson(result) };
  if (reason === undefined) return reply;
  // A failed one has a result where the source answered.
  if (invocation.status === 'failed' && invocation.result !== null)
    return { ...reply, failure: reason.message(invocation), exitCode: exit.refused };
  throw new Failure(reason.code, reason.message(invocation), { invocation });
}

interface Reason {
  readonly code: FailureCode;
  readonly message: (invocation: Invocation) => string;
}

/** How an invocation that was waited for ends without a result. */
const reasons: Readonly<Partial<Record<Invocation['status'], Reason>>> = {
  denied: {
    code: 'denied',
    message: ({ deniedReason }) =>
      `Denied${deniedReason ? `: ${deniedReason}` : ' by a person, who gave no reason'}.`,
  },
  failed: {
    code: 'action_failed',
    message: ({ error }) => error ?? 'The action failed, and said nothing of why.',
  },
  expired: {
    code: 'expired',
    message: () => 'Nobody decided in time, and nothing was done. Ask again when somebody is there.',
  },
};
