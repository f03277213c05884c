import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/states.tsx';
import { Exactly } from '../ui/time.tsx';
import { numberText } from '../ui/words.ts';
import type { History } from './use-history.ts';

/** What stands below the rows: how far back it has looked, what leads further, or that this was all. */
export function MoreRows({ history }: { readonly history: History }) {
  const { rows, error, hasMore, isLoadingMore, isSearching, searchedTo, loadMore, stop } = history;
  if (error !== null)
    return (
      <div className="mt-4">
        <ErrorNote error={error} retry={loadMore} />
      </div>
    );
  if (!hasMore) return <p className="mt-4 text-center text-sm text-muted">{allOf(rows.length)}</p>;
  if (isSearching && searchedTo !== null)
    return (
      <div className="mt-4 flex flex-wrap items-center justify-center gap-3 text-sm text-muted">
        <p role="status">
          Searched back to <Exactly at={searchedTo} />…
        </p>
        <Button size="small" onClick={stop}>
          Stop
        </Button>
      </div>
    );
  return (
    <div className="mt-4 flex flex-wrap items-center justify-center gap-3 text-sm text-muted">
      {searchedTo !== null && (
        <p>
          Searched back to <Exactly at={searchedTo} />.
        </p>
      )}
      <Button busy={isLoadingMore} onClick={loadMore}>
        {searchedTo === null ? 'Load more' : 'Search further back'}
      </Button>
      {searchedTo === null && !isLoadingMore && <WhenNear act={loadMore} />}
    </div>
  );
}

function allOf(count: number): string {
  return count === 1 ? 'This is the only one.' : `These are all ${numberText(count)}.`;
}

/** Acts when the reader comes near. */
function WhenNear({ act }: { readonly act: () => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(),
      { rootMargin: '0px 0px 600px 0px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return <span ref={place} aria-hidden />;
}
