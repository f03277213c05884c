import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { deny, invocationsKey } from '../api/invocations.ts';
import { approvedOrFailed } from './use-decision.ts';

export type Verb = 'approve' | 'deny';

/** What came of one of several: an error says why it was not decided. */
export type Result = 'under way' | 'done' | 'ran, and failed' | 'not decided: stopped before' | Error;

/** Decides one after the other, each on its own; `stop` leaves those that are still to come. */
export function useTogether(verb: Verb, requests: readonly Invocation[], reason: string) {
  const client = useQueryClient();
  const isStopped = useRef(false);
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const put = (id: string, result: Result) => setResults((before) => new Map(before).set(id, result));
  const deciding = useMutation({
    mutationFn: async () => {
      for (const request of requests) {
        put(request.id, 'under way');
        const result = isStopped.current
          ? 'not decided: stopped before'
          : await decideOne(verb, request, reason);
        put(request.id, result);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: invocationsKey }),
  });
  const stop = () => {
    isStopped.current = true;
  };
  return { results, deciding, stop };
}

async function decideOne(verb: Verb, request: Invocation, reason: string): Promise<Result> {
  try {
    if (verb === 'deny') await deny(request, reason);
    else if ((await approvedOrFailed(request)) === 'failed') return 'ran, and failed';
    return 'done';
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
