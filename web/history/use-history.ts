import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Invocation } from '../../src/contract/invocation.ts';
import type { Filters } from '../api/filters.ts';
import { historyQuery, pageSize } from '../api/history.ts';
import { useNews } from './use-news.ts';

export interface History {
  readonly rows: readonly Invocation[];
  /** Nothing is known yet. */
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** There is more, further back. */
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** It goes on by itself until it has found a page's worth; back to when it has looked. */
  readonly searchedTo: string | null;
  readonly isSearching: boolean;
  /** Loads another page's worth, or goes on with what was stopped or has failed. */
  readonly loadMore: () => void;
  readonly stop: () => void;
  /** How many have come that are not shown. */
  readonly newCount: number;
  readonly showNew: () => void;
}

/** The history as far as it has been looked at, and kept up to date at its top. */
export function useHistory(filters: Filters): History {
  const pages = useInfiniteQuery(historyQuery(filters));
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = pages;
  const rows = data?.pages.flatMap(({ invocations }) => invocations) ?? [];
  const [wanted, setWanted] = useState(pageSize);
  const [isStopped, setStopped] = useState(false);
  const searchedTo = data?.pages.at(-1)?.searchedTo ?? null;
  const isSearching =
    searchedTo !== null && hasNextPage && rows.length < wanted && !isStopped && error === null;
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage();
  }, [isSearching, isFetching, fetchNextPage]);
  const news = useNews(filters, data?.pages, isFetching || isSearching);
  return {
    rows,
    isLoading: data === undefined && error === null,
    error,
    hasMore: hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    searchedTo,
    isSearching,
    loadMore: () => {
      setStopped(false);
      setWanted(rows.length + pageSize);
      void (data === undefined ? refetch() : fetchNextPage());
    },
    stop: () => setStopped(true),
    newCount: news.count,
    showNew: () => {
      setWanted(pageSize);
      news.show();
    },
  };
}
