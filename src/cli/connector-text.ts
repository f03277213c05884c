import type {
  Connector,
  ConnectorAuth,
  ConnectorTool,
  ConnectorToolsAnswer,
  OmittedTool,
} from '../contract/connectors.ts';
import { actionMs, at, type Client } from './client.ts';
import { Failure } from './exit.ts';

/** The server's tools as they are now, and which are left out, which asks the server. */
export function toolsOf(client: Client, { id }: Connector): Promise<ConnectorToolsAnswer> {
  return client.get<ConnectorToolsAnswer>(at`/v1/connectors/${id}/tools`, { timeoutMs: actionMs });
}

/** Throws `not_found` with the reason where what was typed is there and cannot be used. */
export function refuseLeftOut(omitted: readonly OmittedTool[], typed: string): void {
  const left = omitted.find(({ tool }) => tool === typed);
  if (left !== undefined) throw new Failure('not_found', `"${typed}" is left out: ${left.reason}.`);
}

export function authText(auth: ConnectorAuth): string {
  if (auth.type === 'none') return 'none';
  return auth.type === 'bearer' ? `bearer (${auth.secretKey})` : `${auth.header} (${auth.secretKey})`;
}

export function reviewText({ drifted, reviewedHash }: ConnectorTool): string {
  if (drifted) return 'changed since';
  return reviewedHash === null ? 'not yet' : 'reviewed';
}
