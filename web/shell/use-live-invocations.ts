import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type EventsState, followEvents } from '../api/events.ts';
import { invocationsKey, pendingQuery } from '../api/invocations.ts';
import { throttled } from '../ui/throttle.ts';
import { setWaiting } from '../ui/title.ts';
import { notifyOfRequest } from './notify.ts';

/** The first event is answered at once; a hundred in a second are no hundred questions, and no reading breaks another off. */
const betweenReadingsMs = 300;

/** Keeps everything that shows invocations up to date, for as long as the page is open. */
export function useLiveInvocations(): EventsState {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [state, setState] = useState<EventsState>('connecting');
  useEffect(() => {
    const open = (id: string) => void navigate({ to: '/inbox/$id', params: { id } });
    const readAnew = throttled(
      () => client.invalidateQueries({ queryKey: invocationsKey }),
      betweenReadingsMs,
    );
    const end = followEvents(undefined, {
      becomes: setState,
      hear: (message) => {
        // Progress changes no record.
        if (message.type === 'action_progress') return;
        readAnew();
        if (message.type === 'action_approval_request') notifyOfRequest(message.payload.invocation, open);
      },
    });
    return () => {
      end();
      readAnew.stop();
    };
  }, [client, navigate]);
  const count = useQuery(pendingQuery).data?.length ?? 0;
  useEffect(() => setWaiting(count), [count]);
  return state;
}
