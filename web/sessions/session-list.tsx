import { Link } from '@tanstack/react-router';
import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { AutomationLink } from './automation-link.tsx';
import { OpenedBy } from './opened-by.tsx';
import { endOf, nameOf, stateOf, states } from './session-state.ts';

const pageSize = 100;

interface SessionListProps {
  readonly sessions: readonly Session[];
  /** How many have expired or were revoked. */
  readonly ended: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export function SessionList({ sessions, ended, now }: SessionListProps) {
  const [most, setMost] = useState(pageSize);
  if (sessions.length === 0) return <NoSessions ended={ended} />;
  return (
    <>
      <ul aria-label="Sessions" className="divide-y divide-line rounded-xl border border-line bg-card">
        {sessions.slice(0, most).map((session) => (
          <SessionItem key={session.id} session={session} now={now} />
        ))}
      </ul>
      {sessions.length > most && (
        <Button className="mt-3" onClick={() => setMost(most + pageSize)}>
          Show more ({sessions.length - most} older)
        </Button>
      )}
    </>
  );
}

interface SessionItemProps {
  readonly session: Session;
  readonly now: number;
}

function SessionItem({ session, now }: SessionItemProps) {
  const { id, automationId, createdAt, createdBy } = session;
  const state = stateOf(session, now);
  const { word, tone } = states[state];
  return (
    <li className="grid gap-x-6 gap-y-0.5 px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_9rem] md:items-center md:px-5">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <Link
          to="/sessions/$id"
          params={{ id }}
          className="min-w-0 py-2 font-medium [overflow-wrap:anywhere] underline-offset-2 hover:underline"
        >
          <Text value={nameOf(session)} />
        </Link>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <p className="min-w-0 text-sm [overflow-wrap:anywhere] text-muted">
        Opened by <OpenedBy userId={createdBy} /> <Ago at={createdAt} />
        {automationId !== null && (
          <>
            {', for '}
            <AutomationLink id={automationId} />
          </>
        )}
      </p>
      <p className="text-sm text-muted md:text-right">
        {state === 'live' ? 'Ends' : word} <Ago at={endOf(session)} />
      </p>
    </li>
  );
}

function NoSessions({ ended }: { readonly ended: number }) {
  return (
    <Empty icon={SquareTerminal} title={ended > 0 ? 'No session is live' : 'There are no sessions yet'}>
      Open one, and give its three variables to an agent: from then on it can ask for actions here.
      {ended > 0 && (
        <p className="mt-2">
          <Link to="/sessions" search={{ show: 'all' }} className="text-text underline underline-offset-2">
            Show the {ended} that {ended === 1 ? 'has' : 'have'} ended
          </Link>
        </p>
      )}
    </Empty>
  );
}
