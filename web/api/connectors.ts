import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type {
  Connector,
  ConnectorBody,
  ConnectorPatch,
  ConnectorTool,
} from '../../src/contract/connectors.ts';
import type { RiskLevel } from '../../src/contract/modes.ts';
import { ask } from './fetch.ts';

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

export interface ToolReview {
  /** `null` leaves the risk as it is found. */
  readonly riskLevel: RiskLevel | null;
  /** All of the tool that was looked at. Where it is another by now, the answer is `conflict`. */
  readonly shownHash: string;
}

export async function reviewTool(
  connectorId: string,
  toolId: string,
  review: ToolReview,
): Promise<ConnectorTool> {
  const path = `/v1/connectors/${connectorId}/tools/${encodeURIComponent(toolId)}`;
  return (await ask<{ tool: ConnectorTool }>('PUT', path, review)).tool;
}

/** Whatever shows sources reads anew which there are; of this one also what it offers. */
export async function afterSourceChange(client: QueryClient, sourceId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['connectors'] }),
    client.invalidateQueries({ queryKey: ['integrations'] }),
    client.invalidateQueries({ queryKey: ['sources'] }),
  ]);
  // What it offers may take seconds: nobody waits for that.
  void client.invalidateQueries({ queryKey: ['source-actions', sourceId] });
}
