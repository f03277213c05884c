import http from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attacked } from './attacked-gateway.ts';
import { sized } from './rounds.ts';

interface Ask {
  readonly method?: string;
  readonly token?: string;
  readonly body?: string;
  /** Whether the answer is left lying. */
  readonly isUnread?: boolean;
  readonly more?: http.OutgoingHttpHeaders;
}

/** How long an answer is waited for, ms. */
const patienceMs = 60_000;
/** JSON in a text, in a text: what redaction has to look into. */
const nested = JSON.stringify({
  sourceId: 'idle',
  actionId: 'nothing',
  params: { text: 'eyJ'.repeat(sized(332_000, 100)) },
});
/** Of the right form: the database is asked for it. */
const unknownToken = `ast_u_${'x'.repeat(43)}`;
const malformed = `{"a":[${'"x",'.repeat(sized(250_000, 100))}`;

/** Somebody who holds the token of one session; the connectors are an admin's, who was deceived. */
export class Attacker {
  readonly #gateway: Attacked;
  /** Whom the attacks are sent to. */
  #target: string;
  readonly #connectors: Readonly<Record<string, string>>;
  readonly #session: { readonly id: string; readonly token: string };
  readonly #agent = new http.Agent({ maxSockets: Number.POSITIVE_INFINITY });
  readonly #open = new Set<http.ClientRequest>();
  readonly #upgraded = new Set<Duplex>();
  #statuses: Record<string, number> = {};

  private constructor(
    gateway: Attacked,
    connectors: Record<string, string>,
    session: { id: string; token: string },
  ) {
    this.#gateway = gateway;
    this.#target = gateway.address;
    this.#connectors = connectors;
    this.#session = session;
  }

  static async prepare(gateway: Attacked, peers: Readonly<Record<string, string>>): Promise<Attacker> {
    const post = async (path: string, body: object) => {
      const response = await fetch(gateway.address + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.ownerToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.status !== 201) throw new Error(`${path} answered ${response.status}: ${text}`);
      // What the contract says that it answers.
      return JSON.parse(text) as { connector: { id: string }; session: { id: string }; token: string };
    };
    const connectors: Record<string, string> = {};
    for (const [name, url] of Object.entries(peers)) {
      const transport = { type: 'http', url };
      connectors[name] = (
        await post('/v1/connectors', { name, transport, defaultRisk: 'read' })
      ).connector.id;
    }
    // What the gateway loads with its first connector is no attack.
    const first = `${gateway.address}/v1/sources/connector:${connectors['answer']}/actions`;
    await (await fetch(first, { headers: { authorization: `Bearer ${gateway.ownerToken}` } })).text();
    const { session, token } = await post('/v1/sessions', {});
    return new Attacker(gateway, connectors, { id: session.id, token });
  }

  readonly attacks: Readonly<Record<string, () => Promise<unknown>>> = {
    'a hostile schema of 64 KB, listed and called': () => this.#call('large'),
    'a schema of 900 properties, called': () => this.#call('wide'),
    "1,000 tools with patterns: the connector's tools": () =>
      this.#asOwner(`/v1/connectors/${this.#connectors['patterns']}/tools`),
    '1,000 tools with patterns: actions of the source': () =>
      this.#asOwner(`/v1/sources/connector:${this.#connectors['patterns']}/actions`),
    '30 invocations with 1 MiB of JSON in text': () =>
      this.#times(30, () => this.#ask(`${this.#actions}/invoke`, { method: 'POST', body: nested })),
    'the same, once as many wait as may': () =>
      this.#times(30, () => this.#ask(`${this.#actions}/invoke`, { method: 'POST', body: nested })),
    '3,000 requests that wait': async () =>
      this.#times(sized(3000, 20), async () => {
        const { id } = await this.#waiting();
        return this.#unread(`${this.#actions}/invocations/${id}?wait=60`);
      }),
    '150 catalogs that are not read': () =>
      this.#times(sized(150, 10), () => this.#unread(`${this.#actions}/available`)),
    'an answer of 16 MiB': () => this.#call('answer'),
    '100 streams of events that are not read': () =>
      this.#times(sized(100, 5), () =>
        this.#unread(`/v1/sessions/${this.#session.id}/events`, {
          connection: 'upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        }),
      ),
    '5,000 unknown tokens': () =>
      this.#times(sized(5000, 20), () => this.#ask('/v1/me', { token: unknownToken })),
    '100 documents of 1 MiB that are no JSON': () =>
      this.#times(sized(100, 5), () =>
        this.#ask(`${this.#actions}/invoke`, { method: 'POST', body: malformed }),
      ),
  };

  /** Sends an attack to somebody else instead. */
  async against(address: string, attack: () => Promise<unknown>): Promise<void> {
    this.#target = address;
    try {
      await attack();
    } finally {
      this.#target = this.#gateway.address;
    }
  }

  /** What the last attack was answered with, and how often. */
  statuses(): string {
    const told = JSON.stringify(this.#statuses);
    this.#statuses = {};
    this.leave();
    return told;
  }

  /** Hangs up on all that is open. */
  leave(): void {
    for (const one of this.#open) one.destroy();
    this.#open.clear();
    for (const one of this.#upgraded) one.destroy();
    this.#upgraded.clear();
  }

  get #actions(): string {
    return `/v1/sessions/${this.#session.id}/actions`;
  }

  async #call(name: string): Promise<void> {
    const body = { sourceId: `connector:${this.#connectors[name]}`, actionId: 't', params: {} };
    await this.#ask(`${this.#actions}/invoke`, { method: 'POST', body: JSON.stringify(body) });
  }

  #asOwner(path: string): Promise<number> {
    return this.#ask(path, { token: this.#gateway.ownerToken });
  }

  #known: Promise<{ id: string }> | undefined;
  #waiting(): Promise<{ id: string }> {
    return (this.#known ??= this.#firstWaiting());
  }

  async #firstWaiting(): Promise<{ id: string }> {
    const url = this.#gateway.address + this.#actions;
    const headers = { authorization: `Bearer ${this.#session.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ sourceId: 'idle', actionId: 'nothing' });
    // Refused where as many wait as may, and then one of those serves.
    await (await fetch(`${url}/invoke`, { method: 'POST', headers, body })).text();
    const response = await fetch(`${url}/invocations`, { headers });
    // What the contract says that it answers.
    const { invocations } = (await response.json()) as { invocations: { id: string; status: string }[] };
    const found = invocations.find(({ status }) => status === 'pending');
    if (found === undefined) throw new Error('nothing waits to be followed');
    return found;
  }

  /** All at once. */
  async #times(count: number, one: () => Promise<unknown>): Promise<void> {
    await Promise.all(Array.from({ length: count }, one));
  }

  /** What is not read holds its place for as long as it is looked at. */
  async #unread(path: string, more: http.OutgoingHttpHeaders = {}): Promise<void> {
    void this.#ask(path, { isUnread: true, more });
    await sleep(sized(2000, 100));
  }

  #ask(
    path: string,
    { method = 'GET', token = this.#session.token, body, isUnread = false, more = {} }: Ask,
  ): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    const count = (status: number) => {
      this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
      resolve(status);
    };
    const headers = {
      ...more,
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const asked = http.request(this.#target + path, {
      method,
      headers,
      agent: this.#agent,
      timeout: patienceMs,
    });
    this.#open.add(asked);
    asked.once('response', (response) => {
      if (isUnread) return count(response.statusCode ?? 0);
      response.resume();
      response.once('close', () => count(response.statusCode ?? 0));
    });
    asked.once('upgrade', ({ statusCode = 0 }, socket) => {
      this.#upgraded.add(socket);
      socket.on('error', () => socket.destroy());
      socket.pause();
      count(statusCode);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(0));
    asked.end(body);
    return promise;
  }
}
