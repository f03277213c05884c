import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Invocation } from '../../src/contract/invocation.ts';
import { approve, deny, invocationsKey } from '../api/invocations.ts';
import { ApiError } from '../api/refusal.ts';

/** Deciding one request. Whatever the answer, the list and the request are read anew: somebody else may have been faster. */
export function useDecision(invocation: Invocation) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: invocationsKey });
  return {
    approving: useMutation({ mutationFn: () => approvedOrFailed(invocation), onSettled }),
    denying: useMutation({ mutationFn: (reason: string) => deny(invocation, reason), onSettled }),
  };
}

export type ApprovalOutcome = 'completed' | 'failed';

/** That it ran and failed is an outcome, and stands in the record; anything else that is refused was not approved. */
export async function approvedOrFailed(invocation: Invocation): Promise<ApprovalOutcome> {
  try {
    const { invocation: ran } = await approve(invocation);
    return ran.status === 'failed' ? 'failed' : 'completed';
  } catch (error) {
    if (error instanceof ApiError && error.code === 'action_failed') return 'failed';
    throw error;
  }
}
