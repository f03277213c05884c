import type { Connector } from '../contract/connectors.ts';
import type { Invocation } from '../contract/invocation.ts';
import type { Session } from '../contract/sessions.ts';
import { visibleName } from '../shared/look-alikes.ts';
import { at, type Client } from './client.ts';
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

/** Who asks: the names of sessions, each asked for once. */
export class SessionNames {
  readonly #client: Client;
  readonly #names = new Map<string, string | null>();

  constructor(client: Client) {
    this.#client = client;
  }

  async learn(invocations: readonly Invocation[]): Promise<void> {
    const ids = new Set(invocations.map(({ sessionId }) => sessionId));
    await Promise.all([...ids].filter((id) => !this.#names.has(id)).map((id) => this.#learnOne(id)));
  }

  /** `deploy (01936c2e-…)`, or the id alone where the session has no name. */
  text(id: string): string {
    const name = this.#names.get(id);
    return visibleName(name ? `${name} (${id})` : id);
  }

  async #learnOne(id: string): Promise<void> {
    try {
      const { session } = await this.#client.get<{ session: Session }>(at`/v1/sessions/${id}`);
      this.#names.set(id, session.name);
    } catch (error) {
      // A name is a help, not a need.
      if (!(error instanceof Failure)) throw error;
    }
  }
}
