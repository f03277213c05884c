import { Link } from '@tanstack/react-router';
import type { Session } from '../../src/contract/sessions.ts';
import { Badge } from '../ui/badge.tsx';
import { sessionName } from '../ui/session-name.ts';
import { Text } from '../ui/text.tsx';
import { Ago } from '../ui/time.tsx';
import { UserName } from '../ui/user-name.tsx';
import { AutomationLink } from './automation-link.tsx';
import { endOf, stateOf, states } from './session-state.ts';

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
