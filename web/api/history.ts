import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { CountsAnswer } from '../../src/contract/history.ts';
import type { InvocationsAnswer } from '../../src/contract/invocation.ts';
import { ask, askForFile, type FileAnswer } from './fetch.ts';
import { asked, type Filters, periods } from './filters.ts';
import { invocationsKey } from './invocations.ts';

/** How many rows a page has. */
export const pageSize = 50;

/**
 * The history in pages, newest first. Not under `invocationsKey`: all of its pages would be read anew whenever anything
 * happens; `use-history` brings them up to date instead.
 */
export const historyQuery = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ['history', filters],
    queryFn: ({ pageParam, signal }) => readPage(filters, pageParam, signal),
    // The first page begins at no cursor.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** The newest page as it is now. */
export function readPage(
  filters: Filters,
  cursor?: string,
  signal?: AbortSignal,
): Promise<InvocationsAnswer> {
  const query = new URLSearchParams({ ...asked(filters, Date.now()), limit: String(pageSize) });
  if (cursor !== undefined) query.set('cursor', cursor);
  return ask<InvocationsAnswer>('GET', `/v1/invocations?${query}`, undefined, signal);
}

const partsOfAnyTime = 48;

/** How many there were of each status over the filters' time, or the last 24 hours. Text is not looked for in it. */
export const countsQuery = (all: Filters) => {
  const { text: _, ...filters } = all;
  return queryOptions({
    queryKey: ['history-counts', filters],
    queryFn: ({ signal }) => {
      const parts = filters.last === undefined ? partsOfAnyTime : periods[filters.last].parts;
      const query = new URLSearchParams({ ...asked(filters, Date.now()), buckets: String(parts) });
      return ask<CountsAnswer>('GET', `/v1/invocations/counts?${query}`, undefined, signal);
    },
    placeholderData: keepPreviousData,
  });
};

/** The same as a file. Throws `ApiError`. */
export function exportHistory(filters: Filters): Promise<FileAnswer> {
  const query = new URLSearchParams(asked(filters, Date.now())).toString();
  return askForFile(query === '' ? '/v1/invocations/export' : `/v1/invocations/export?${query}`);
}

let changes = 0;

/** Goes up with everything that happens to an invocation. Asks nobody. */
export const changesQuery = queryOptions({
  queryKey: [...invocationsKey, 'changes'],
  queryFn: () => {
    changes += 1;
    return changes;
  },
  staleTime: Number.POSITIVE_INFINITY,
  networkMode: 'always',
});
