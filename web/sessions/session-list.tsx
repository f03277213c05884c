import { Link } from '@tanstack/react-router';
import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { Button } from '../ui/button.tsx';
import { numberText } from '../ui/counted.ts';
import { Empty } from '../ui/states.tsx';
import { SessionItem } from './session-item.tsx';

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
