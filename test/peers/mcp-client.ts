// What a test needs to be the gateway of an MCP source: a context, a source with short deadlines, what was thrown.
import { fileURLToPath } from 'node:url';
import type { ConnectorTransport } from '../../src/contract/connectors.ts';

import type { JsonValue } from '../../src/lib/json.ts';
import {
  type ActionSource,
  type SourceAnswer,
  type SourceContext,
  SourceError,
} from '../../src/sources/action-source.ts';
import { type McpConnector, type McpOptions, mcpSources } from '../../src/sources/mcp/mcp-sources.ts';

/** The connector's configuration for a server at a URL, or for `mcp-stdio.ts` with a behaviour. */
export function at(url: string): ConnectorTransport {
  return { type: 'http', url };
}

export function running(behaviour: string): ConnectorTransport {
  const program = fileURLToPath(new URL('mcp-stdio.ts', import.meta.url));
  return { type: 'stdio', command: process.execPath, args: [program, behaviour] };
}

export const openOptions: McpOptions = {
  allowStdio: true,
  allowPrivateAddresses: true,
  clock: () => 0,
  version: '0.0.0',
};

export function connectorFor(transport: ConnectorTransport, more: Partial<McpConnector> = {}): McpConnector {
  const nothing = { auth: { type: 'none' }, defaultRisk: null, reviews: {}, version: 1 } as const;
  return { id: 'c1', name: 'Peer', transport, ...nothing, ...more };
}

export function sourceFor(
  transport: ConnectorTransport,
  options: Partial<McpOptions> = {},
  more: Partial<McpConnector> = {},
): ActionSource {
  return mcpSources({ ...openOptions, ...options })(connectorFor(transport, more));
}

export function contextWith(
  secrets: Readonly<Record<string, string>> = {},
  more: Partial<Pick<SourceContext, 'sessionId' | 'signal'>> = {},
): SourceContext {
  return {
    sessionId: null,
    signal: new AbortController().signal,
    async credential(key) {
      const text = secrets[key];
      if (text === undefined) throw new SourceError('source_unavailable', `The secret "${key}" is not set.`);
      return { reveal: () => text, refresh: async () => undefined };
    },
    withoutSecrets: (text) =>
      Object.values(secrets)
        .filter((secret) => secret !== '')
        .reduce((shown, secret) => shown.replaceAll(secret, '[redacted]'), text),
    ...more,
  };
}

/** `code: message` of the SourceError that work ends with; anything else is thrown on. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof SourceError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('it did not fail');
}

/** Why an answer says that the action failed; one that does not say so is thrown on. */
export function reasonOf({ answer, isError, reasonIn }: SourceAnswer): string {
  if (!isError || reasonIn === undefined) throw new Error('it did not fail');
  // Of an MCP server it is JSON.
  return reasonIn(answer as JsonValue);
}
