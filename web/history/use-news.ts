import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { InvocationsAnswer } from '../../src/contract/invocation.ts';
import type { Filters } from '../api/filters.ts';
import { historyQuery, readPage } from '../api/history.ts';
import { countNew, upToDate } from './bring-up-to-date.ts';
import { useOnChanges } from './use-on-changes.ts';

const refreshMs = 1000;

/**
 * What has happened since the pages were loaded. A single page is replaced by what it is now; where somebody has gone further
 * back, rows change in their places, and new ones are only counted, until they are asked for.
 */
export function useNews(
  filters: Filters,
  pages: readonly InvocationsAnswer[] | undefined,
  isBusy: boolean,
): { readonly count: number; readonly show: () => void } {
  const client = useQueryClient();
  // What was kept from an earlier visit may have changed meanwhile.
  const [isDue, setDue] = useState(pages !== undefined);
  const [newest, setNewest] = useState<InvocationsAnswer>();
  useOnChanges(() => setDue(true), refreshMs);
  const mayRefresh = isDue && !isBusy && pages !== undefined;
  useEffect(() => {
    if (!mayRefresh) return;
    setDue(false);
    refresh(client, filters).then(
      (page) => (page === 'busy' ? setDue(true) : setNewest(page)),
      // What is shown stays as it is, and the next change asks again; that nothing is live is said by the frame.
      () => undefined,
    );
  }, [mayRefresh, client, filters]);
  return {
    count: newest === undefined || pages === undefined ? 0 : countNew(pages, newest),
    show: () => {
      setNewest(undefined);
      if (newest !== undefined) startAgain(client, filters, newest);
      window.scrollTo({ top: 0 });
    },
  };
}

/** Brings the loaded pages up to date. Answers the newest page, `busy` where another has to be waited for first. */
async function refresh(client: QueryClient, filters: Filters): Promise<InvocationsAnswer | 'busy'> {
  const { queryKey } = historyQuery(filters);
  const page = await readPage(filters);
  // Pages that are being added would take the place of what is written here.
  if (client.isFetching({ queryKey, exact: true }) > 0) return 'busy';
  const loaded = client.getQueryData(queryKey);
  if (loaded?.pages.length === 1) startAgain(client, filters, page);
  else if (loaded !== undefined)
    client.setQueryData(queryKey, { ...loaded, pages: upToDate(loaded.pages, page) });
  return page;
}

function startAgain(client: QueryClient, filters: Filters, page: InvocationsAnswer): void {
  client.setQueryData(historyQuery(filters).queryKey, { pages: [page], pageParams: [undefined] });
}
