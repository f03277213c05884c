import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ConnectorTool } from '../../src/contract/connectors.ts';
import type { RiskLevel } from '../../src/contract/modes.ts';
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

export interface ActionReview {
  /** `null` leaves the risk as it is found. */
  readonly riskLevel: RiskLevel | null;
  /** All of the action that was looked at. Where it is another by now, the answer is `conflict`. */
  readonly shownHash: string;
}

/** Pins what an action is now. */
export async function reviewAction(
  sourceId: string,
  actionId: string,
  review: ActionReview,
): Promise<ConnectorTool> {
  const path = `/v1/sources/${encodeURIComponent(sourceId)}/actions/${encodeURIComponent(actionId)}`;
  return (await ask<{ action: ConnectorTool }>('PUT', path, review)).action;
}

/** What a source is called, by its id; the id where it is not known. */
export function useSourceName(): (sourceId: string) => string {
  const { data: sources } = useQuery(sourcesQuery);
  return (sourceId) => sources?.find(({ id }) => id === sourceId)?.displayName ?? sourceId;
}
