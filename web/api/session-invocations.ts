import { queryOptions } from '@tanstack/react-query';
import type { InvocationsAnswer } from '../../src/contract/invocation.ts';
import { ask } from './fetch.ts';
import { invocationsKey } from './invocations.ts';

/** What a session has asked for last, newest first. */
export const sessionInvocationsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...invocationsKey, 'session', sessionId],
    queryFn: ({ signal }) =>
      ask<InvocationsAnswer>(
        'GET',
        `/v1/invocations?sessionId=${encodeURIComponent(sessionId)}&limit=20`,
        undefined,
        signal,
      ),
  });
