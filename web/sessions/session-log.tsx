import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type EventsState, followEvents } from '../api/events.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Section } from '../ui/page.tsx';
import { StatusBadge } from '../ui/status-badges.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { type Happening, happeningOf, withHappening } from './happening.ts';

const words: Readonly<Record<EventsState, { readonly word: string; readonly tone: Tone }>> = {
  live: { word: 'Listening', tone: 'good' },
  connecting: { word: 'Connecting…', tone: 'warn' },
  offline: { word: 'Not connected; trying again', tone: 'bad' },
};

/** What the session does, while one looks. */
export function SessionLog({ sessionId }: { readonly sessionId: string }) {
  const { state, log } = useSessionEvents(sessionId);
  const { word, tone } = words[state];
  return (
    <Section
      title="As it happens"
      intro="Since you opened this page, newest first."
      actions={
        <span role="status" aria-label="Connection">
          <Badge tone={tone}>{word}</Badge>
        </span>
      }
    >
      {log.length === 0 ? (
        <p className="text-sm text-muted">Nothing yet. What the agent asks for appears here at once.</p>
      ) : (
        <div role="log" aria-label="What happens in this session" className="-my-1 max-h-96 overflow-y-auto">
          <ol className="divide-y divide-line">
            {log.map((one) => (
              <LogEntry key={one.key} happening={one} />
            ))}
          </ol>
        </div>
      )}
    </Section>
  );
}

function LogEntry({ happening }: { readonly happening: Happening }) {
  const { invocationId, actionId, status, at, reason } = happening;
  return (
    <li className="py-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge status={status} />
        <Link
          to="/history/$id"
          params={{ id: invocationId }}
          className="min-w-0 flex-1 py-2 [overflow-wrap:anywhere] underline-offset-2 hover:underline"
        >
          <Text value={actionId} />
        </Link>
        <span className="text-sm text-muted">
          <Ago at={at} />
        </span>
      </div>
      {reason !== null && (
        <p className="mt-0.5 text-sm [overflow-wrap:anywhere] text-muted">
          <Text value={reason} />
        </p>
      )}
    </li>
  );
}

interface SessionEvents {
  readonly state: EventsState;
  /** Newest first, since the page was opened. */
  readonly log: readonly Happening[];
}

/** Listens to one session, on a connection of its own, for as long as its page is open. */
function useSessionEvents(sessionId: string): SessionEvents {
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
