import type {
  Connector,
  ConnectorAuth,
  ConnectorTool,
  ConnectorTransport,
  RiskSource,
} from '../contract/connectors.ts';
import { at, type Client } from './client.ts';
import { shellQuoted } from './shell.ts';

/** The server's tools as they are now, which asks the server. */
export async function toolsOf(client: Client, { id }: Connector): Promise<ConnectorTool[]> {
  return (await client.get<{ tools: ConnectorTool[] }>(at`/v1/connectors/${id}/tools`)).tools;
}

export function transportText(transport: ConnectorTransport): string {
  if (transport.type === 'http') return transport.url;
  return [transport.command, ...transport.args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : shellQuoted(word)))
    .join(' ');
}

export function authText(auth: ConnectorAuth): string {
  if (auth.type === 'none') return 'none';
  return auth.type === 'bearer' ? `bearer (${auth.secretKey})` : `${auth.header} (${auth.secretKey})`;
}

export function reviewText({ drifted, reviewedHash }: ConnectorTool): string {
  if (drifted) return 'changed since';
  return reviewedHash === null ? 'not yet' : 'reviewed';
}

export const riskReasons: Readonly<Record<RiskSource, string>> = {
  review: 'as it was when it was reviewed',
  override: "an admin's word",
  destructive_hint: 'the server says that it destroys',
  read_only_hint: 'the server says that it only reads',
  connector_default: "the connector's default",
  fallback: 'nothing else is known',
};
