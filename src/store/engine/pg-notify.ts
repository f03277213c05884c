import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/**
 * How the gateways on one database notify each other, in messages of fewer than 8,000 bytes. A message can be lost, but never
 * without an error at the sender or a call of the listener's `restored`.
 */
export interface NotifyChannel {
  /** Rejects if the message cannot be sent; the other gateways then do not get it. */
  send(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface NotifyListener {
  /** A message that some gateway has sent, also this one. */
  hear(text: string): void;
  /** The connection was lost and is open again: messages in between did not arrive. */
  restored(): void;
  failed(error: unknown): void;
}

/** Resolves once it listens, or at once, and keeps trying, if the database cannot be reached. */
export type OpenNotifyChannel = (listener: NotifyListener) => Promise<NotifyChannel>;

const channel = 'assent_events';
/** Time between two health checks of the connection: some connections break without an error or an end. */
const healthCheckMs = 15_000;
/** How long the database may take to connect or to answer a query. */
const timeoutMs = 5000;
/** The pause before each attempt to connect again; the last one repeats. */
const retryPausesMs = [100, 300, 1000, 3000, 10_000];

/**
 * PostgreSQL's LISTEN and NOTIFY, on a separate connection: a NOTIFY inside a transaction that writes costs two thirds of the
 * write rate, because PostgreSQL lets only one such transaction commit at a time.
 */
export function postgresNotifyChannel(url: string): OpenNotifyChannel {
  return async (listener) => {
    const opened = new PgNotifyChannel(url, listener);
    await opened.open();
    return opened;
  };
}

class PgNotifyChannel implements NotifyChannel {
  readonly #url: string;
  readonly #listener: NotifyListener;
  readonly #closing = new AbortController();
  #client: Client | undefined;
  #reconnecting: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, listener: NotifyListener) {
    this.#url = url;
    this.#listener = listener;
  }

  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#onLost(undefined, error);
    }
    this.#timer = setInterval(() => void this.#checkHealth(), healthCheckMs);
    this.#timer.unref();
  }

  async send(text: string): Promise<void> {
    const client = this.#client;
    if (client === undefined) throw new Error('the connection for notices is not there');
    try {
      await client.query('select pg_notify($1, $2)', [channel, text]);
    } catch (error) {
      this.#onLost(client, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    await this.#reconnecting;
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
      keepAlive: true,
    });
    client.on('error', (error) => this.#onLost(client, error));
    client.on('end', () => this.#onLost(client, new Error('the server has ended the connection')));
    client.on('notification', ({ payload }) => this.#listener.hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
  }

  async #checkHealth(): Promise<void> {
    const client = this.#client;
    await client?.query('select 1').catch((error: unknown) => this.#onLost(client, error));
  }

  /** Ignores errors of connections that are no longer in use. `undefined` is the first connection, which never opened. */
  #onLost(client: Client | undefined, why: unknown): void {
    if (this.#closing.signal.aborted || client !== this.#client) return;
    this.#client = undefined;
    void client?.end().catch(() => undefined);
    this.#listener.failed(why);
    this.#reconnecting ??= this.#reconnect().finally(() => {
      this.#reconnecting = undefined;
    });
  }

  async #reconnect(): Promise<void> {
    for (let tries = 0; !this.#closing.signal.aborted; tries++) {
      const pause = retryPausesMs[Math.min(tries, retryPausesMs.length - 1)];
      await sleep(pause, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      if (this.#closing.signal.aborted) return;
      try {
        await this.#connect();
        return this.#listener.restored();
      } catch (error) {
        this.#listener.failed(error);
      }
    }
  }
}
