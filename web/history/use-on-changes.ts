import { QueryObserver, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { changesQuery } from '../api/history.ts';
import { throttled } from '../ui/throttle.ts';

/** Calls `act` after something has happened to an invocation, at most once in `ms`. */
export function useOnChanges(act: () => void, ms: number): void {
  const client = useQueryClient();
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const slowly = throttled(() => latest.current(), ms);
    let seen = client.getQueryData(changesQuery.queryKey);
    const stop = new QueryObserver(client, changesQuery).subscribe(({ data }) => {
      // The first answer is where it begins, and no change.
      if (seen !== undefined && data !== seen) slowly();
      seen = data;
    });
    return () => {
      stop();
      slowly.stop();
    };
  }, [client, ms]);
}
