import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { sessionsQuery } from '../api/sessions.ts';
import { SessionItem } from '../sessions/session-list.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { useNow } from '../ui/time.tsx';

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
      <ul aria-label="Its sessions" className="-mx-4 -my-3 divide-y divide-line md:-mx-5">
        {sessions.slice(0, most).map((session) => (
          <SessionItem key={session.id} session={session} now={now} isUnderAutomation />
        ))}
      </ul>
      {sessions.length > most && (
        <Button className="mt-6" onClick={() => setMost(most + moreItems)}>
          Show {Math.min(moreItems, sessions.length - most)} older
        </Button>
      )}
    </>
  );
}
