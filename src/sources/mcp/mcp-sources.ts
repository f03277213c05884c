import {
  type ActionDefinition,
  type ActionSource,
  type SourceContext,
  SourceError,
} from '../action-source.ts';
import type { McpConnector, McpOptions } from './connector.ts';
import type { Reach } from './connector-client.ts';
import { ExpiringMap } from './expiring-map.ts';
import { McpFault } from './faults.ts';
import type { Listing } from './list-tools.ts';
import { ListingCache } from './listing-cache.ts';
import { ListingQueue } from './listing-queue.ts';
import type { Revision } from './operate.ts';
import type { Tool } from './tools.ts';

export type { McpConnector, McpOptions };

export function connectorSourceId(connectorId: string): string {
  return `connector:${connectorId}`;
}

/**
 * Makes the source of a connector: any MCP server, over Streamable HTTP or as a local command, of the revision 2026-07-28
 * or an earlier one. Each operation has a connection of its own (seed 002, section 6.7); what is kept between them, lists
 * of tools and which revision a server speaks, lives in what this returns.
 */
export function mcpSources(options: McpOptions): (connector: McpConnector) => ActionSource {
  const { listMs = 15_000, callMs = 30_000, cacheMs = 300_000 } = options;
  const listings = new ListingCache(options.clock, cacheMs, reachedDeadline);
  const queue = new ListingQueue(reachedDeadline);
  const revisions = new ExpiringMap<Revision>(options.clock);

  return (connector) => {
    const configuration = `${connector.id} ${connector.version}`;
    const revision = {
      get: () => revisions.get(configuration),
      set: (found: Revision) => revisions.set(configuration, found, cacheMs),
      forget: () => revisions.delete(configuration),
    };
    const keyOf = (sessionId: string): string => `${configuration} ${sessionId}`;

    const listAfresh = async (reach: Reach): Promise<Listing> => {
      const { fetchListing } = await loadClient();
      const listing = await fetchListing(reach, listMs);
      for (const omitted of listing.omitted) options.log?.({ connectorId: connector.id, ...omitted });
      return listing;
    };
    const list = (context: SourceContext): Promise<Listing> => {
      const load = (signal: AbortSignal): Promise<Listing> => {
        const shared = { ...context, signal, credential: (key: string) => context.credential(key) };
        return listAfresh({ connector, options, context: shared, revision });
      };
      const ask = (signal: AbortSignal): Promise<Listing> => queue.ask(configuration, signal, load);
      if (context.sessionId === null) return ask(context.signal);
      return listings.get(keyOf(context.sessionId), context.signal, ask);
    };

    return {
      id: connectorSourceId(connector.id),
      kind: 'connector',
      displayName: connector.name,
      reviewable: true,
      setUpBy: { type: 'connector', id: connector.id },
      configuration: JSON.stringify([connector.transport, connector.auth]),
      async listActions(context) {
        const { tools } = await list(context);
        return [...tools.values()].map((tool) => toAction(tool, connector));
      },
      async execute(actionId, params, context) {
        const { performCall } = await loadClient();
        const known = context.sessionId === null ? undefined : listings.peek(keyOf(context.sessionId));
        const inputSchema = known?.tools.get(actionId)?.params.jsonSchema;
        return performCall({ connector, options, context, revision }, callMs, actionId, params, inputSchema);
      },
      async guide(context) {
        return guideOf(connector.name, await list(context));
      },
    };
  };
}

/** The SDK takes a tenth of a second to load: not before a connector is used. */
function loadClient(): Promise<typeof import('./connector-client.ts')> {
  return import('./connector-client.ts');
}

function reachedDeadline(error: unknown): boolean {
  return error instanceof SourceError && error.cause instanceof McpFault && error.cause.code === 'deadline';
}

function toAction(tool: Tool, { defaultRisk }: McpConnector): ActionDefinition {
  const { name: id, description, destructiveHint, readOnlyHint, params } = tool;
  return { id, description, risk: { destructiveHint, readOnlyHint, default: defaultRisk }, params };
}

function guideOf(name: string, { instructions, tools }: Listing): string {
  const lines = [...tools.values()].map((tool) =>
    `- \`${tool.name}\`: ${tool.description.split('\n')[0] ?? ''}`.trimEnd(),
  );
  const parts = [`# ${name}`, instructions.trim(), lines.join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
