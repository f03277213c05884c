import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { sessionsQuery } from '../api/sessions.ts';
import { endOf, nameOf, stateOf, states } from '../sessions/session-state.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { useNow } from '../ui/use-now.ts';

/** The sessions that belong to an automation, newest first. */
export function AutomationSessions({ automationId }: { readonly automationId: string }) {
  const asked = useQuery(sessionsQuery);
  return (
    <Section title="Sessions">
      {asked.isPending && <Loading lines={1} />}
      {asked.error !== null && <ErrorNote error={asked.error} retry={() => void asked.refetch()} />}
      {asked.data !== undefined && (
        <SessionItems sessions={asked.data.filter((one) => one.automationId === automationId)} />
      )}
    </Section>
  );
}

const firstItems = 5;
const moreItems = 50;

function SessionItems({ sessions }: { readonly sessions: readonly Session[] }) {
  const [most, setMost] = useState(firstItems);
  const now = useNow(1000);
  if (sessions.length === 0)
    return (
      <p className="text-sm text-muted">
        None yet.{' '}
        <Link to="/sessions" className="text-text underline underline-offset-2">
          Open a session
        </Link>{' '}
        for it, and what is set below holds for that session.
      </p>
    );
  return (
    <>
      <ul className="flex flex-col divide-y divide-line">
        {sessions.slice(0, most).map((session) => (
          <SessionItem key={session.id} session={session} now={now} />
        ))}
      </ul>
      {sessions.length > most && (
        <Button className="mt-3" onClick={() => setMost(most + moreItems)}>
          Show {Math.min(moreItems, sessions.length - most)} older
        </Button>
      )}
    </>
  );
}

function SessionItem({ session, now }: { readonly session: Session; readonly now: number }) {
  const state = stateOf(session, now);
  const { word, tone } = states[state];
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-0.5 py-1 first:pt-0 last:pb-0">
      <span className="flex min-w-0 flex-wrap items-center gap-2">
        <Link
          to="/sessions/$id"
          params={{ id: session.id }}
          className="min-w-0 py-1.5 font-medium [overflow-wrap:anywhere] underline-offset-2 hover:underline"
        >
          <Text value={nameOf(session)} />
        </Link>
        <Badge tone={tone}>{word}</Badge>
      </span>
      <span className="text-sm text-muted">
        {state === 'live' ? 'Ends' : word} <Ago at={endOf(session)} />
      </span>
    </li>
  );
}
