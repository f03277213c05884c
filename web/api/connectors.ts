import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { Connector, ConnectorBody, ConnectorPatch } from '../../src/contract/connectors.ts';

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
