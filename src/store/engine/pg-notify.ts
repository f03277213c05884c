import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** What gateways on one database tell each other, in texts of fewer than 8,000 bytes. Best effort, but never silently so. */
export interface Notices {
  /** Rejects where it cannot be sent; others then do not know of it. */
  send(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface NoticeListener {
  /** A text that a gateway has sent: this one too. */
  hear(text: string): void;
  /** The connection was lost and is there again: texts in between did not come. */
  restored(): void;
  failed(error: unknown): void;
}

/** Listens by the time it resolves, where the database is there. */
export type OpenNotices = (listener: NoticeListener) => Promise<Notices>;

const channel = 'assent_events';
/** Between two questions on the connection that listens: an end that nobody says is found out by asking. */
const askEveryMs = 15_000;
/** How long the database may take to answer such a question. */
const answerMs = 5000;
/** How long is waited before each further try to connect again. */
const pausesMs = [100, 300, 1000, 3000, 10_000];

/**
 * PostgreSQL's LISTEN and NOTIFY, on one connection of their own: a NOTIFY inside a transaction that writes takes two thirds
 * of the rate, because all such commits wait for one another.
 */
export function postgresNotices(url: string): OpenNotices {
  return async (listener) => {
    const line = new Line(url, listener);
    await line.open();
    return line;
  };
}

class Line implements Notices {
  readonly #url: string;
  readonly #listener: NoticeListener;
  readonly #closing = new AbortController();
  #client: Client | undefined;
  #reopening: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, listener: NoticeListener) {
    this.#url = url;
    this.#listener = listener;
  }

  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#lose(undefined, error);
    }
    this.#timer = setInterval(() => void this.#ask(), askEveryMs);
    this.#timer.unref();
  }

  async send(text: string): Promise<void> {
    const client = this.#client;
    if (client === undefined) throw new Error('the connection for notices is not there');
    try {
      await client.query('select pg_notify($1, $2)', [channel, text]);
    } catch (error) {
      this.#lose(client, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#timer);
    await this.#reopening;
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
    });
    client.on('error', (error) => this.#lose(client, error));
    client.on('end', () => this.#lose(client, new Error('the server has ended the connection')));
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

  async #ask(): Promise<void> {
    const client = this.#client;
    await client?.query('select 1').catch((error: unknown) => this.#lose(client, error));
  }

  /** Of the connection that is in use, or of the first that never was. */
  #lose(client: Client | undefined, why: unknown): void {
    if (this.#closing.signal.aborted || client !== this.#client) return;
    this.#client = undefined;
    void client?.end().catch(() => undefined);
    this.#listener.failed(why);
    this.#reopening ??= this.#reopen().finally(() => {
      this.#reopening = undefined;
    });
  }

  async #reopen(): Promise<void> {
    for (let tries = 0; !this.#closing.signal.aborted; tries++) {
      const pause = pausesMs[Math.min(tries, pausesMs.length - 1)];
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
