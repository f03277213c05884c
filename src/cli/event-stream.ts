import type { EventMessage } from '../contract/events.ts';
import type { Client } from './client.ts';

/** A gateway that takes longer to say that it listens is asked in the old way, ms. */
const openingMs = 5000;

/** Says that something has happened, not what: the gateway's answers are the truth, and an event is when to ask. */
export interface EventStream {
  /** Waits until something has happened since the last time, the stream has ended, or `ms` have passed. */
  change(ms: number): Promise<void>;
  readonly isOpen: boolean;
  close(): void;
}

/** What a caller needs of an event to know whether it is theirs. */
export type Wanted = (invocationId: string) => boolean;
export type OpenEvents = (client: Client, path: string, wanted: Wanted) => Promise<EventStream | undefined>;

/**
 * Listens to the gateway's WebSocket; `undefined` where there is none to be had, for whatever reason. It is Node's own, which
 * takes as long to load as a whole process: only somebody who has begun to wait asks for it.
 */
export async function openEvents(
  client: Client,
  path: string,
  wanted: Wanted,
): Promise<EventStream | undefined> {
  const socket = socketTo(client, path);
  if (socket === undefined) return undefined;
  const subscribed = Promise.withResolvers<boolean>();
  const stream = new SocketStream(socket);
  socket.addEventListener('message', ({ data }) => {
    const message = parsed(data);
    if (message?.type === 'subscribed') subscribed.resolve(true);
    else if (message !== undefined && wanted(message.payload.invocation.id)) stream.wake();
  });
  socket.addEventListener('error', () => subscribed.resolve(false));
  socket.addEventListener('close', () => subscribed.resolve(false));
  const patience = setTimeout(() => subscribed.resolve(false), openingMs);
  const isOpen = await subscribed.promise;
  clearTimeout(patience);
  if (isOpen) return stream;
  stream.close();
  return undefined;
}

function socketTo(client: Client, path: string): WebSocket | undefined {
  const { url, headers } = client.webSocket(path);
  try {
    return new WebSocket(url, { headers });
  } catch {
    return undefined;
  }
}

function parsed(data: unknown): EventMessage | undefined {
  try {
    // The gateway writes its messages by this type.
    return JSON.parse(String(data)) as EventMessage;
  } catch {
    return undefined;
  }
}

class SocketStream implements EventStream {
  readonly #socket: WebSocket;
  #woken = Promise.withResolvers<void>();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('close', () => this.wake());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  wake(): void {
    this.#woken.resolve();
  }

  async change(ms: number): Promise<void> {
    const timer = setTimeout(() => this.wake(), ms);
    if (this.isOpen) await this.#woken.promise;
    clearTimeout(timer);
    this.#woken = Promise.withResolvers();
  }

  close(): void {
    this.#socket.close();
  }
}
