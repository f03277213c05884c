import type { Connector, ConnectorAuth, ConnectorTool } from '../contract/connectors.ts';
import { at, type Client } from './client.ts';

/** The server's tools as they are now, which asks the server. */
export async function toolsOf(client: Client, { id }: Connector): Promise<ConnectorTool[]> {
  return (await client.get<{ tools: ConnectorTool[] }>(at`/v1/connectors/${id}/tools`)).tools;
}

export function authText(auth: ConnectorAuth): string {
  if (auth.type === 'none') return 'none';
  return auth.type === 'bearer' ? `bearer (${auth.secretKey})` : `${auth.header} (${auth.secretKey})`;
}

export function reviewText({ drifted, reviewedHash }: ConnectorTool): string {
  if (drifted) return 'changed since';
  return reviewedHash === null ? 'not yet' : 'reviewed';
}
