import type { StreamableHTTPClientTransportOptions } from '@modelcontextprotocol/client';

/** How often the rest of an answer is asked for in a row without anything new. */
const triesInVain = 20;
/** Between two times that the rest of an answer is asked for: at least this many ms, whatever the server says. */
const shortestPauseMs = 100;
/** How often in a row asking for the rest of an answer may fail. */
const failuresInARow = 5;

type Scheduler = NonNullable<StreamableHTTPClientTransportOptions['reconnectionScheduler']>;

/**
 * How a stream that ends before the answer goes on (MCP 2025-11-25, Streamable HTTP, resumability): the SDK asks for what comes after
 * the last event, with GET, and no call is sent twice. The operation's deadline and its limit of bytes hold as ever.
 */
export class Resumption {
  #lastEventId: string | undefined;
  #triesInVain = 0;

  /** A message is sent: what is resumed from now on is its answer. */
  begin(): void {
    this.#lastEventId = undefined;
    this.#triesInVain = 0;
  }

  /** An event with this id came. */
  saw(eventId: string): void {
    if (eventId === this.#lastEventId) return;
    this.#lastEventId = eventId;
    this.#triesInVain = 0;
  }

  /**
   * The headers with which to ask for the rest; `undefined` where it is not to be asked for. The SDK forgets the last event where a
   * resumed stream brought none, and then asks for a stream of the server's own messages, which an operation has no use for.
   */
  headersFor(asked: RequestInit['headers']): Headers | undefined {
    if (this.#lastEventId === undefined || this.#triesInVain === triesInVain) return undefined;
    this.#triesInVain += 1;
    const headers = new Headers(asked);
    headers.set('last-event-id', this.#lastEventId);
    return headers;
  }
}

export const reconnection: Pick<
  StreamableHTTPClientTransportOptions,
  'reconnectionOptions' | 'reconnectionScheduler'
> = {
  reconnectionOptions: {
    maxRetries: failuresInARow,
    initialReconnectionDelay: 200,
    maxReconnectionDelay: 3000,
    reconnectionDelayGrowFactor: 2,
  },
  reconnectionScheduler: ((reconnect, delayMs) => {
    const timer = setTimeout(reconnect, Math.max(delayMs, shortestPauseMs));
    return () => clearTimeout(timer);
  }) satisfies Scheduler,
};
