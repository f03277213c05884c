import type { ReactNode } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { Badge } from '../ui/badge.tsx';
import { Facts } from '../ui/facts.tsx';
import { Ago, Exactly } from '../ui/time.tsx';
import { UserName } from '../ui/user-name.tsx';
import { AutomationLink } from './automation-link.tsx';
import { endOf, type SessionState, states } from './session-state.ts';

interface SessionFactsProps {
  readonly session: Session;
  readonly state: SessionState;
}

export function SessionFacts({ session, state }: SessionFactsProps) {
  const { id, automationId, createdAt, createdBy } = session;
  const { word, tone } = states[state];
  const ends = endOf(session);
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['State', <Badge tone={tone}>{word}</Badge>],
    [
      state === 'live' ? 'Ends' : word,
      <>
        <Exactly at={ends} /> (<Ago at={ends} />)
      </>,
    ],
    [
      'Opened',
      <>
        <Exactly at={createdAt} /> by <UserName userId={createdBy} />
      </>,
    ],
    ['Automation', automationId === null ? 'none' : <AutomationLink id={automationId} />],
    ['Id', <code className="break-all">{id}</code>],
  ];
  return (
    <div className="mb-6">
      <Facts facts={facts} />
    </div>
  );
}
