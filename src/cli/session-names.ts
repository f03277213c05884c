import type { Invocation } from '../contract/invocation.ts';
import type { Session } from '../contract/sessions.ts';
import { at, type Client } from './client.ts';
import { Failure } from './exit.ts';
import { visible } from './visible.ts';

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
    return visible(name ? `${name} (${id})` : id);
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
