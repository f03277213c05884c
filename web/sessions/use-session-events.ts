import { useEffect, useState } from 'react';
import { type EventsState, followEvents } from '../api/events.ts';
import { type Happening, happeningOf, withHappening } from './happening.ts';

interface SessionEvents {
  readonly state: EventsState;
  /** Newest first, since the page was opened. */
  readonly log: readonly Happening[];
}

/** Listens to one session, on a connection of its own, for as long as its page is open. */
export function useSessionEvents(sessionId: string): SessionEvents {
  const [state, setState] = useState<EventsState>('connecting');
  const [log, setLog] = useState<readonly Happening[]>([]);
  useEffect(
    () =>
      followEvents(sessionId, {
        becomes: setState,
        hear: (message) => {
          if (message.type === 'subscribed' || message.type === 'action_progress') return;
          const happening = happeningOf(message);
          setLog((before) => withHappening(before, happening));
        },
      }),
    [sessionId],
  );
  return { state, log };
}
