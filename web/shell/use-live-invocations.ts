import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type EventsState, followEvents } from '../api/events.ts';
import { invocationsKey, pendingQuery } from '../api/invocations.ts';
import { throttled } from '../ui/throttle.ts';
import { notifyOfRequest } from './notify.ts';
import { setWaiting } from './title.ts';

/** The first event is answered at once; a hundred in a second are no hundred questions. */
const betweenReadingsMs = 300;

/** Keeps everything that shows invocations up to date, for as long as the page is open. */
export function useLiveInvocations(): EventsState {
  const client = useQueryClient();
  const [state, setState] = useState<EventsState>('connecting');
  useEffect(() => {
    const readAnew = throttled(
      () => void client.invalidateQueries({ queryKey: invocationsKey }),
      betweenReadingsMs,
    );
    const end = followEvents(undefined, {
      becomes: setState,
      hear: (message) => {
        readAnew();
        if (message.type === 'action_approval_request') notifyOfRequest(message.payload.invocation);
      },
    });
    return () => {
      end();
      readAnew.stop();
    };
  }, [client]);
  const count = useQuery(pendingQuery).data?.length ?? 0;
  useEffect(() => setWaiting(count), [count]);
  return state;
}
