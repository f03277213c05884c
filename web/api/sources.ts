import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type {
  Connector,
  ConnectorBody,
  ConnectorPatch,
  ConnectorTool,
} from '../../src/contract/connectors.ts';
import type { Integration, IntegrationBody, IntegrationsAnswer } from '../../src/contract/integrations.ts';
import type { RiskLevel } from '../../src/contract/modes.ts';
import type { Source, SourceActionsAnswer } from '../../src/contract/sources.ts';
import { ask } from './fetch.ts';

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) =>
    (await ask<{ sources: Source[] }>('GET', '/v1/sources', undefined, signal)).sources,
});

/** What a source offers and what is left out of that: asked of the source itself, which may take seconds, or fail with its reason. */
export const sourceOfferQuery = (sourceId: string, automationId?: string) =>
  queryOptions({
    queryKey: ['source-actions', sourceId, automationId ?? null],
    queryFn: ({ signal }) => {
      const query = automationId === undefined ? '' : `?automationId=${automationId}`;
      const path = `/v1/sources/${encodeURIComponent(sourceId)}/actions${query}`;
      return ask<SourceActionsAnswer>('GET', path, undefined, signal);
    },
    staleTime: 60_000,
  });

/** Its actions alone. */
export const sourceActionsQuery = (sourceId: string, automationId?: string) =>
  queryOptions({
    ...sourceOfferQuery(sourceId, automationId),
    select: ({ actions }: SourceActionsAnswer) => actions,
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

/** MCP servers, those that are switched off too. For admins. */
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: async ({ signal }) =>
    (await ask<{ connectors: Connector[] }>('GET', '/v1/connectors', undefined, signal)).connectors,
});

export async function addConnector(wanted: ConnectorBody): Promise<Connector> {
  return (await ask<{ connector: Connector }>('POST', '/v1/connectors', wanted)).connector;
}

/** Changes what is given, and keeps the rest, reviews included. */
export async function changeConnector(id: string, patch: ConnectorPatch): Promise<Connector> {
  return (await ask<{ connector: Connector }>('PATCH', `/v1/connectors/${id}`, patch)).connector;
}

export function removeConnector(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/connectors/${id}`);
}

/** Reads anew which sources there are, and what this one offers. */
export async function afterSourceChange(client: QueryClient, sourceId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['connectors'] }),
    client.invalidateQueries({ queryKey: ['integrations'] }),
    client.invalidateQueries({ queryKey: ['sources'] }),
  ]);
  // What it offers may take seconds: nobody waits for that.
  void client.invalidateQueries({ queryKey: ['source-actions', sourceId] });
}

/** The providers that are set up, and all that are built in. For admins. */
export const integrationsQuery = queryOptions({
  queryKey: ['integrations'],
  queryFn: ({ signal }) => ask<IntegrationsAnswer>('GET', '/v1/integrations', undefined, signal),
});

/** Sets a provider up, or anew. The token is in this request and in no answer. */
export async function setIntegration(provider: string, wanted: IntegrationBody): Promise<Integration> {
  const path = `/v1/integrations/${encodeURIComponent(provider)}`;
  return (await ask<{ integration: Integration }>('PUT', path, wanted)).integration;
}

export function removeIntegration(provider: string): Promise<unknown> {
  return ask('DELETE', `/v1/integrations/${encodeURIComponent(provider)}`);
}
