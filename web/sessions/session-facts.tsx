import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Session } from '../../src/contract/sessions.ts';
import { automationsQuery } from '../api/sessions.ts';
import { Badge } from '../ui/badge.tsx';
import { Facts } from '../ui/facts.tsx';
import { Text } from '../ui/text.tsx';
import { Ago, Exactly } from '../ui/time.tsx';
import { UserName } from '../ui/user-name.tsx';
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

/** The automation that a session belongs to, by its name. */
export function AutomationLink({ id }: { readonly id: string }) {
  const { data } = useQuery(automationsQuery);
  const name = data?.find((one) => one.id === id)?.name;
  return (
    <Link to="/automations/$id" params={{ id }} className="text-text underline underline-offset-2">
      <Text value={name ?? id.slice(-6)} />
    </Link>
  );
}
