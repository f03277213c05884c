import { Link } from '@tanstack/react-router';
import { History as HistoryIcon, SearchX } from 'lucide-react';
import { useRef } from 'react';
import type { Filters } from '../api/filters.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty, ErrorNote, Loading } from '../ui/states.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { numberText } from '../ui/words.ts';
import { isNarrowed } from './filters.ts';
import { columns, HistoryRow } from './history-row.tsx';
import { MoreRows } from './more-rows.tsx';
import { type History, useHistory } from './use-history.ts';
import { useNames } from './use-names.ts';

/** What fits the filters, newest first, as far back as somebody goes. */
export function HistoryList({ filters }: { readonly filters: Filters }) {
  const history = useHistory(filters);
  const names = useNames();
  const list = useRef<HTMLOListElement>(null);
  useKeys({ j: () => step(list.current, 1), k: () => step(list.current, -1) });
  const { rows, isLoading, error, newCount, showNew, loadMore } = history;
  if (isLoading) return <Loading lines={8} label="Loading the history" />;
  if (rows.length === 0 && error !== null) return <ErrorNote error={error} retry={loadMore} />;
  if (rows.length === 0 && !history.hasMore) return <NothingHere filters={filters} />;
  return (
    <section aria-label="Requests">
      <NewRows count={newCount} show={showNew} />
      {rows.length > 0 && (
        <div className="overflow-hidden rounded-xl border border-line bg-card">
          <Heading />
          <ol ref={list} className="divide-y divide-line">
            {rows.map((invocation) => (
              <HistoryRow
                key={invocation.id}
                invocation={invocation}
                sourceName={names.source(invocation.sourceId)}
                sessionName={names.session(invocation.sessionId)}
              />
            ))}
          </ol>
        </div>
      )}
      <MoreRows history={history} />
    </section>
  );
}

/** The focus is what is chosen, so that Enter opens it. */
function step(list: HTMLOListElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  links[at === -1 ? 0 : at + by]?.focus();
}

function Heading() {
  return (
    <div
      aria-hidden
      className={`hidden border-b border-line bg-sunken px-4 py-2 text-xs font-medium text-muted lg:grid ${columns}`}
    >
      <span>Asked</span>
      <span>Action</span>
      <span>Session</span>
      <span>Status</span>
      <span>Risk</span>
      <span className="text-right">Took</span>
    </div>
  );
}

interface NewRowsProps {
  readonly count: number;
  readonly show: History['showNew'];
}

function NewRows({ count, show }: NewRowsProps) {
  return (
    <div role="status" className="sticky top-3 z-20 flex h-0 justify-center">
      {count > 0 && (
        <Button look="primary" size="small" className="shadow-md" onClick={show}>
          {numberText(count)} new; show
        </Button>
      )}
    </div>
  );
}

function NothingHere({ filters }: { readonly filters: Filters }) {
  if (isNarrowed(filters))
    return (
      <Empty icon={SearchX} title="Nothing matches">
        <p>No request on record fits these filters.</p>
        <Link to="/history" className={`mt-3 ${buttonClass()}`}>
          Clear filters
        </Link>
      </Empty>
    );
  return (
    <Empty icon={HistoryIcon} title="Nothing has been asked for yet">
      <p>
        Whatever an agent asks for is listed here, with what became of it. Open a session, and give its three
        variables to an agent: in Sessions, or with <code>assent sessions create --name nightly --shell</code>
        .
      </p>
      <Link to="/sessions" className={`mt-3 ${buttonClass()}`}>
        Go to sessions
      </Link>
    </Empty>
  );
}
