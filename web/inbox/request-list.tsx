import { type RefObject, useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import { useMe } from '../api/me.ts';
import { useSessionName } from '../api/sessions.ts';
import { useSourceName } from '../api/sources.ts';
import { SearchField } from '../ui/search-field.tsx';
import { sessionName } from '../ui/words.ts';
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
  const nameOf = useSessionName();
  const sourceOf = useSourceName();
  const found = requests.filter((request) => matches(request, nameOf(request.sessionId), text));
  return (
    <section aria-label="Waiting requests">
      <div className="mb-3">
        <SearchField
          ref={search}
          label="Search in what waits"
          placeholder="Search"
          value={text}
          onChange={setText}
        />
      </div>
      <Counted requests={requests} found={found} chosen={chosen} />
      <ul className="flex flex-col gap-2">
        {found.map((request) => (
          <li key={request.id}>
            <RequestItem
              request={request}
              sourceName={sourceOf(request.sourceId)}
              sessionName={sessionName(request.sessionId, nameOf(request.sessionId))}
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
  const { isAdmin } = useMe();
  const areAllChosen = found.length > 0 && found.every(({ id }) => chosen.has(id));
  const count =
    found.length === requests.length
      ? `${requests.length} waiting`
      : `${found.length} of ${requests.length} waiting`;
  return (
    <div className="mb-2 flex min-h-8 items-center justify-between px-1 text-sm text-muted">
      <p role="status">{count}</p>
      {isAdmin && found.length > 1 && (
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
