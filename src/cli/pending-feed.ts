import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '../contract/invocation.ts';
import type { Client } from './client.ts';
import { type EventStream, type OpenEvents, openEvents } from './event-stream.ts';
import { Failure } from './exit.ts';
import { pendingInvocations } from './invocations.ts';
import { note } from './print.ts';

/** Between two looks, while the gateway's events say when to look. */
const withEventsMs = 30_000;
/** Between two looks without events. */
const withoutMs = 2000;
/** How long a gateway that offers no events is not asked for them again, ms. */
const reopenMs = 30_000;

/**
 * What waits for a decision, oldest first, whenever it may have changed. A gateway that goes away later on is waited for.
 */
export async function* pendingAgain(
  client: Client,
  signal: AbortSignal,
  open: OpenEvents = openEvents,
): AsyncGenerator<readonly Invocation[]> {
  yield await pendingInvocations(client);
  const feed = new ChangeFeed(client, open, signal);
  let away = false;
  try {
    // What came before the stream was there is in the look after it.
    await feed.open();
    while (!signal.aborted) {
      try {
        yield await pendingInvocations(client);
        if (away) note('The gateway is back.');
        away = false;
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== 'unreachable') throw error;
        if (!away) note(`${error.message} Still trying.`);
        away = true;
      }
      await feed.change();
    }
  } finally {
    feed.close();
  }
}

/** The gateway's events as long as there are any, and the clock otherwise. */
class ChangeFeed {
  readonly #client: Client;
  readonly #open: OpenEvents;
  readonly #signal: AbortSignal;
  #events: EventStream | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;

  constructor(client: Client, open: OpenEvents, signal: AbortSignal) {
    this.#client = client;
    this.#open = open;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.close(), { once: true });
  }

  async open(): Promise<void> {
    this.#triedAt = performance.now();
    const events = await this.#open(this.#client, '/v1/events', () => true);
    if (this.#signal.aborted) events?.close();
    else this.#events = events;
  }

  /** Waits until it is time to look again. */
  async change(): Promise<void> {
    const wasOpen = this.#events?.isOpen === true;
    if (wasOpen) await this.#events?.change(withEventsMs);
    if (this.#events?.isOpen === true || this.#signal.aborted) return;
    await slept(withoutMs, this.#signal);
    if (this.#signal.aborted || performance.now() - this.#triedAt < reopenMs) return;
    await this.open();
  }

  close(): void {
    this.#events?.close();
  }
}

/** Whether or not the time went by: somebody may have stopped it. */
async function slept(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
