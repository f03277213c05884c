import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Source, SourceAction } from '../../src/contract/sources.ts';
import { ask } from './fetch.ts';

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) =>
    (await ask<{ sources: Source[] }>('GET', '/v1/sources', undefined, signal)).sources,
});

/** Asked of the source itself, which may take seconds, or fail with its reason. */
export const sourceActionsQuery = (sourceId: string, automationId?: string) =>
  queryOptions({
    queryKey: ['source-actions', sourceId, automationId ?? null],
    queryFn: async ({ signal }) => {
      const query = automationId === undefined ? '' : `?automationId=${automationId}`;
      const path = `/v1/sources/${encodeURIComponent(sourceId)}/actions${query}`;
      return (await ask<{ actions: SourceAction[] }>('GET', path, undefined, signal)).actions;
    },
    staleTime: 60_000,
  });

/** What a source is called, by its id; the id where it is not known. */
export function useSourceName(): (sourceId: string) => string {
  const { data: sources } = useQuery(sourcesQuery);
  return (sourceId) => sources?.find(({ id }) => id === sourceId)?.displayName ?? sourceId;
}
