import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ActsAnswer, RevealAnswer } from '../../src/contract/acts.ts';
import type { Invocation, InvocationsAnswer } from '../../src/contract/invocation.ts';
import type {
  InvocationAction,
  InvocationContext,
  WaitingParams,
} from '../../src/contract/invocation-context.ts';
import { ask } from './fetch.ts';

/** Everything under this key is read anew when an event says that something has happened. */
export const invocationsKey = ['invocations'] as const;

/** What waits, oldest first. The inbox of an organization holds at most what its sessions may have waiting. */
export const pendingQuery = queryOptions({
  queryKey: [...invocationsKey, 'pending'],
  queryFn: async ({ signal }) => (await readPending(signal)).toReversed(),
  // There is no event for an approval itself: what another person has approved and still runs is seen by looking again.
  refetchInterval: ({ state }) => (state.data?.length ? 2000 : false),
});

const mostPending = 200;

/** Newest first. A page of large requests ends before it has as many as were asked for. */
async function readPending(signal: AbortSignal): Promise<Invocation[]> {
  const found: Invocation[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ status: 'pending', limit: String(mostPending - found.length) });
    if (cursor !== null) query.set('cursor', cursor);
    const path = `/v1/invocations?${query}`;
    const page: InvocationsAnswer = await ask<InvocationsAnswer>('GET', path, undefined, signal);
    found.push(...page.invocations);
    cursor = page.nextCursor;
  } while (cursor !== null && found.length < mostPending);
  return found;
}

export const invocationQuery = (id: string) =>
  queryOptions({
    queryKey: [...invocationsKey, 'one', id],
    queryFn: async ({ signal }) =>
      (await ask<{ invocation: Invocation }>('GET', `/v1/invocations/${id}`, undefined, signal)).invocation,
  });

/** The names behind its ids; who decided is known once its status says that somebody has. */
export const contextQuery = ({ id, status }: Pick<Invocation, 'id' | 'status'>) =>
  queryOptions({
    queryKey: ['invocation-context', id, status],
    queryFn: ({ signal }) =>
      ask<InvocationContext>('GET', `/v1/invocations/${id}/context`, undefined, signal),
    placeholderData: keepPreviousData,
  });

/** The action as its source offers it now: asked of the source itself, which may take seconds. */
export const actionQuery = (id: string) =>
  queryOptions({
    queryKey: ['invocation-action', id],
    queryFn: ({ signal }) => ask<InvocationAction>('GET', `/v1/invocations/${id}/action`, undefined, signal),
  });

/** What would run, whole, each hidden part in its place; of one that waits, for those who decide it. */
export const waitingParamsQuery = (id: string) =>
  queryOptions({
    queryKey: ['waiting-params', id],
    queryFn: async ({ signal }) =>
      (await ask<WaitingParams>('GET', `/v1/invocations/${id}/params`, undefined, signal)).shown,
    staleTime: Infinity,
  });

/** What would run, with nothing hidden. That the caller has looked is on record. Throws `ApiError` `conflict` once it has ended. */
export function reveal(id: string): Promise<RevealAnswer> {
  return ask<RevealAnswer>('POST', `/v1/invocations/${id}/reveal`, {});
}

/** What people did about an invocation, newest first; for owners and admins. */
export const actsQuery = (id: string) =>
  queryOptions({
    queryKey: [...invocationsKey, 'acts', id],
    queryFn: async ({ signal }) =>
      (await ask<ActsAnswer>('GET', `/v1/acts?invocationId=${id}&limit=200`, undefined, signal)).acts,
  });

export interface Approved {
  readonly invocation: Invocation;
  readonly result: unknown;
}

/**
 * Approves, and so executes, once. The invocation is `failed` where the source answered that it failed. Throws `ApiError`
 * `action_failed` where it gave no answer, `conflict`, `expired`.
 */
export function approve({ sessionId, id }: Invocation): Promise<Approved> {
  return ask<Approved>('POST', `/v1/sessions/${sessionId}/actions/invocations/${id}/approve`, {});
}

export async function deny({ sessionId, id }: Invocation, reason: string): Promise<Invocation> {
  const body = reason === '' ? {} : { reason };
  const path = `/v1/sessions/${sessionId}/actions/invocations/${id}/deny`;
  return (await ask<{ invocation: Invocation }>('POST', path, body)).invocation;
}
