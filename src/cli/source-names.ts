import type { Connector } from '../contract/connectors.ts';
import type { Client } from './client.ts';
import { Failure } from './exit.ts';
import { listConnectors } from './named.ts';

/** Connectors' sources are `connector:<uuid>` on the wire; people say the connector's name. */
export class SourceNames {
  readonly #connectors: readonly Connector[];

  private constructor(connectors: readonly Connector[]) {
    this.#connectors = connectors;
  }

  /** Who may not see the connectors sees ids, and writes them. */
  static async read(client: Client): Promise<SourceNames> {
    try {
      return new SourceNames(await listConnectors(client));
    } catch (error) {
      if (error instanceof Failure && error.code === 'forbidden') return new SourceNames([]);
      throw error;
    }
  }

  /** A source id or mode key with the connector's name in place of its source id. */
  readable(key: string): string {
    const connector = this.#connectors.find(({ sourceId }) => begins(key, sourceId));
    return connector === undefined ? key : connector.name + key.slice(connector.sourceId.length);
  }

  /** The same back: `files:read_file` becomes the key that the gateway keeps. Throws `ambiguous`. */
  key(typed: string): string {
    const meant = this.#connectors.filter(({ name }) => begins(typed, name));
    const [connector, ...others] = meant;
    if (connector === undefined) return typed;
    if (others.length === 0) return connector.sourceId + typed.slice(connector.name.length);
    const names = meant.map(({ name, sourceId }) => `"${name}" (${sourceId})`).join(' and ');
    throw new Failure(
      'ambiguous',
      `"${typed}" can belong to ${names}. Write the source id in place of the name.`,
    );
  }
}

function begins(key: string, source: string): boolean {
  return key === source || key.startsWith(`${source}:`);
}
