import type { Invocation } from '../contract/invocation.ts';
import { actionMs, at, type Client } from './client.ts';
import { Failure } from './exit.ts';

export interface Executed {
  readonly invocation: Invocation;
  readonly result: unknown;
}

/**
 * Approves, which runs it. The invocation is `failed` where the source answered that it failed. Throws `action_failed` where it did
 * not answer; `conflict`, `expired` where it is too late.
 */
export async function approveInvocation(client: Client, { sessionId, id }: Invocation): Promise<Executed> {
  try {
    return await client.post<Executed>(at`/v1/sessions/${sessionId}/actions/invocations/${id}/approve`, {
      timeoutMs: actionMs,
    });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'action_failed') throw error;
    throw new Failure('action_failed', approvedButFailed(error.message), error.details);
  }
}

/** What the source says is wrong with an approved one that it answered; `undefined` where it was done. */
export function whyFailed({ status, error }: Invocation): string | undefined {
  return status === 'failed' ? approvedButFailed(error ?? 'it said nothing of why.') : undefined;
}

function approvedButFailed(why: string): string {
  return `Approved, but it failed: ${why}`;
}

export async function denyInvocation(
  client: Client,
  { sessionId, id }: Invocation,
  reason?: string,
): Promise<{ invocation: Invocation }> {
  const path = at`/v1/sessions/${sessionId}/actions/invocations/${id}/deny`;
  return client.post(path, { body: reason === undefined ? {} : { reason } });
}
