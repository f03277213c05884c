import { Link } from '@tanstack/react-router';
import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/states.tsx';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { UserName } from '../ui/user-name.tsx';
import { numberText, sessionName } from '../ui/words.ts';
import { AutomationLink } from './session-facts.tsx';
import { endOf, stateOf, states } from './session-state.ts';

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
          Show more ({numberText(sessions.length - most)} older)
        </Button>
      )}
    </>
  );
}

function NoSessions({ ended }: { readonly ended: number }) {
  return (
    <Empty icon={SquareTerminal} title={ended > 0 ? 'No session is live' : 'There are no sessions yet'}>
      Open one, and give its three variables to an agent: from then on it can ask for actions here.
      {ended > 0 && (
        <p className="mt-2">
          <Link to="/sessions" search={{ show: 'all' }} className="text-text underline underline-offset-2">
            Show the {numberText(ended)} that {ended === 1 ? 'has' : 'have'} ended
          </Link>
        </p>
      )}
    </Empty>
  );
}

interface SessionItemProps {
  readonly session: Session;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** In a list of its automation, which need not be named. */
  readonly isUnderAutomation?: boolean;
}

/** A session in a list of them, in columns or on a phone in lines. */
export function SessionItem({ session, now, isUnderAutomation = false }: SessionItemProps) {
  const { id, name, automationId, createdAt, createdBy } = session;
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
          <Text value={sessionName(id, name)} />
        </Link>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <p className="min-w-0 text-sm [overflow-wrap:anywhere] text-muted">
        Opened by <UserName userId={createdBy} /> <Ago at={createdAt} />
        {automationId !== null && !isUnderAutomation && (
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
