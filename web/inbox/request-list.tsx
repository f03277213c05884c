import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type RefObject, useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { sessionsQuery } from '../api/sessions.ts';
import { matches } from './matches.ts';
import { RequestItem } from './request-item.tsx';
import type { Chosen } from './use-chosen.ts';

interface RequestListProps {
  readonly requests: readonly Invocation[];
  readonly shownId: string;
  readonly chosen: Chosen;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** All that waits, oldest first: what is nearest to its end is on top. */
export function RequestList({ requests, shownId, chosen, search }: RequestListProps) {
  const [text, setText] = useState('');
  const { data: sessions = [] } = useQuery(sessionsQuery);
  const nameOf = (sessionId: string) => sessions.find(({ id }) => id === sessionId)?.name ?? undefined;
  const found = requests.filter((request) => matches(request, nameOf(request.sessionId), text));
  return (
    <section aria-label="Waiting requests">
      <label className="relative mb-3 block">
        <span className="sr-only">Search in what waits</span>
        <Search aria-hidden className="absolute top-3 left-3 size-4 text-muted" />
        <input
          ref={search}
          type="search"
          value={text}
          placeholder="Search"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          className="min-h-10 w-full rounded-lg border border-line-strong bg-card pr-3 pl-9"
        />
      </label>
      <Counted requests={requests} found={found} chosen={chosen} />
      <ul className="flex flex-col gap-2">
        {found.map((request) => (
          <li key={request.id}>
            <RequestItem
              request={request}
              sessionName={nameOf(request.sessionId)}
              isShown={request.id === shownId}
              chosen={chosen}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CountedProps {
  readonly requests: readonly Invocation[];
  readonly found: readonly Invocation[];
  readonly chosen: Chosen;
}

function Counted({ requests, found, chosen }: CountedProps) {
  const areAllChosen = found.length > 0 && found.every(({ id }) => chosen.has(id));
  const count =
    found.length === requests.length
      ? `${requests.length} waiting`
      : `${found.length} of ${requests.length} waiting`;
  return (
    <div className="mb-2 flex min-h-8 items-center justify-between px-1 text-sm text-muted">
      <p role="status">{count}</p>
      {found.length > 1 && (
        <label className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={areAllChosen}
            onChange={() => chosen.choose(areAllChosen ? [] : found.map(({ id }) => id))}
          />
          Choose all
        </label>
      )}
    </div>
  );
}
