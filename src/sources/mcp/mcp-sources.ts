import type { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../lib/json.ts';
import {
  type ActionDefinition,
  type ActionSource,
  type SourceAnswer,
  type SourceContext,
  SourceError,
} from '../action-source.ts';
import { CommandTurns, longestWaitMs } from './command-turns.ts';
import type { McpConnector, McpOptions } from './connector.ts';
import type { CallContext } from './connector-client.ts';
import { secretKeysOf } from './credentials.ts';
import { McpFault } from './faults.ts';
import { longestOf, type OperationLimits, operationLimits } from './limits.ts';
import type { Listing } from './list-tools.ts';
import type { Revision } from './next-try.ts';
import { expiringCache, keepFor, type ListingKey, SharedListings } from './shared-listings.ts';
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
  const { listMs = 15_000, callMs = 30_000, cacheMs = 300_000, clock } = options;
  const shared: Shared = {
    options: { ...options, listMs, callMs, cacheMs },
    listings: new SharedListings({ clock, keepMs: cacheMs, isSlow: reachedDeadline }),
    turns: new CommandTurns(),
    revisions: expiringCache(clock, maxRevisionBytes, (revision) => JSON.stringify(revision).length),
  };
  return (connector) => new ConnectorSource(connector, shared);
}

/** What the sources of all connectors have in common. */
interface Shared {
  readonly options: McpOptions & Required<Pick<McpOptions, 'listMs' | 'callMs' | 'cacheMs'>>;
  readonly listings: SharedListings;
  readonly revisions: LRUCache<string, Revision>;
  readonly turns: CommandTurns;
}

/** Of all revisions that are remembered, each with its server's answer to discovery. */
const maxRevisionBytes = 32_000_000;

class ConnectorSource implements ActionSource {
  readonly id: string;
  readonly kind = 'connector';
  readonly displayName: string;
  readonly reviewable = true;
  readonly setUpBy: ActionSource['setUpBy'];
  readonly configuration: string;
  readonly credentialKeys: readonly string[];
  readonly longestMs: number;
  readonly #connector: McpConnector;
  readonly #limits: OperationLimits;
  readonly #shared: Shared;

  constructor(connector: McpConnector, shared: Shared) {
    this.id = connectorSourceId(connector.id);
    this.displayName = connector.name;
    this.setUpBy = { type: 'connector', id: connector.id };
    // How long it may take, and how many at a time, is nothing that an approval is about.
    const { limits, ...transport } = connector.transport;
    const reached = transport.type === 'stdio' ? { ...transport, parallel: undefined } : transport;
    this.configuration = JSON.stringify([reached, connector.auth]);
    this.credentialKeys = secretKeysOf(connector.transport, connector.auth);
    this.#connector = connector;
    this.#limits = operationLimits(limits ?? {}, shared.options);
    this.longestMs = longestOf(this.#limits, connector.transport.type === 'stdio' ? longestWaitMs : 0);
    this.#shared = shared;
  }

  async listActions(context: SourceContext): Promise<readonly ActionDefinition[]> {
    const { tools, omitted } = await this.#list(context);
    for (const one of omitted) context.onOmitted?.(one);
    return [...tools.values()].map((tool) => toAction(tool, this.#connector));
  }

  async execute(actionId: string, params: JsonObject, context: SourceContext): Promise<SourceAnswer> {
    const { performCall } = await loadClient();
    const known = context.sessionId === null ? undefined : this.#shared.listings.peek(this.#keyOf(context));
    const inputSchema = known?.tools.get(actionId)?.params.jsonSchema;
    return performCall(this.#callContext(context), actionId, params, inputSchema);
  }

  async guide(context: SourceContext): Promise<string> {
    return guideOf(this.#connector.name, await this.#list(context));
  }

  #list(context: SourceContext): Promise<Listing> {
    const { listings, options } = this.#shared;
    return listings.get(this.#keyOf(context), context.signal, async (signal) => {
      const { fetchListing } = await loadClient();
      const call = this.#callContext(withSignal(context, signal));
      const listing = await fetchListing(call);
      for (const omitted of listing.omitted) options.log?.({ connectorId: this.#connector.id, ...omitted });
      return listing;
    });
  }

  get #version(): string {
    return `${this.#connector.id} ${this.#connector.version}`;
  }

  #keyOf({ sessionId }: SourceContext): ListingKey {
    return { configuration: this.#version, sessionId };
  }

  #callContext(context: SourceContext): CallContext {
    const { options, revisions, turns } = this.#shared;
    const version = this.#version;
    return {
      connector: this.#connector,
      options,
      limits: this.#limits,
      turns,
      context,
      revision: {
        get: () => revisions.get(version),
        set: (found) => keepFor(revisions, version, found, options.cacheMs),
        forget: () => revisions.delete(version),
      },
    };
  }
}

/** The context of the first who asked, for a call that goes on while anybody waits. */
function withSignal(context: SourceContext, signal: AbortSignal): SourceContext {
  return { ...context, signal, credential: (key) => context.credential(key) };
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
