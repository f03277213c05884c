import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { sessionsQuery } from '../api/sessions.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { ErrorNote, Loading } from '../ui/states.tsx';
import { useNow } from '../ui/time.tsx';
import { numberText } from '../ui/words.ts';
import { NewSession } from './new-session.tsx';
import { SessionList } from './session-list.tsx';
import { stateOf } from './session-state.ts';

/** The agents' runs: each has a token of its own, which can be taken back. */
export function SessionsScreen() {
  const [isOpening, setOpening] = useState(false);
  const { data, error, refetch } = useQuery(sessionsQuery);
  const showsAll = useSearch({ from: '/sessions' }).show === 'all';
  const now = useNow(1000);
  const live = data?.filter((session) => stateOf(session, now) === 'live') ?? [];
  return (
    <Page
      title="Sessions"
      intro="A session is one agent’s run. Its token lets the agent ask for actions, and nothing else."
      actions={
        <Button look="primary" onClick={() => setOpening(true)}>
          <Plus aria-hidden className="size-4" /> Open a session
        </Button>
      }
    >
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {error === null && data === undefined && <Loading />}
      {data !== undefined && (
        <>
          <nav aria-label="Which sessions" className="mb-4 flex gap-1">
            <FilterLink name="Live" count={live.length} />
            <FilterLink name="All" count={data.length} show="all" />
          </nav>
          <SessionList sessions={showsAll ? data : live} ended={data.length - live.length} now={now} />
        </>
      )}
      {isOpening && <NewSession close={() => setOpening(false)} />}
    </Page>
  );
}

interface FilterLinkProps {
  readonly name: string;
  readonly count: number;
  readonly show?: 'all';
}

function FilterLink({ name, count, show }: FilterLinkProps) {
  return (
    <Link
      to="/sessions"
      search={show === undefined ? {} : { show }}
      activeOptions={{ exact: true }}
      className="inline-flex min-h-10 items-center gap-2 rounded-lg px-3 text-muted hover:bg-sunken hover:text-text aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-text"
    >
      {name} <span className="text-sm font-normal tabular-nums">{numberText(count)}</span>
    </Link>
  );
}
