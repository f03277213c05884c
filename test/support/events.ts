import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { Event, EventMessage } from '../../src/contract/events.ts';
import { type Cleanup, defer } from './cleanup-stack.ts';
import type { Answer } from './gateway.ts';

interface Opening {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[];
}

/** A WebSocket of events, as any client has one. */
export interface Listener {
  readonly protocol: string;
  /** What came before `subscribed`. */
  readonly missed: readonly Event[];
  /** The cursor of the last message so far. */
  cursor(): string;
  /** The next event; waits for it. */
  next(): Promise<Event>;
  /** What has come and was not asked for yet. */
  unread(): readonly Event[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  close(): Promise<unknown>;
}

/** Opens a WebSocket, and waits until it says that it is subscribed. */
export async function listen(t: Cleanup, address: string, path: string, opening: Opening): Promise<Listener> {
  const socket = new WebSocket(address.replace(/^http/, 'ws') + path, {
    headers: headersOf(opening),
    protocols: [...(opening.protocols ?? [])],
  });
  defer(t, () => socket.close());
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason }));
  });
  const inbox = new Inbox();
  socket.addEventListener('message', ({ data }) => inbox.put(JSON.parse(String(data))));
  socket.addEventListener('error', () => undefined);
  const early = closed.then(({ code }) => assert.fail(`closed with ${code} before it was subscribed`));
  early.catch(() => undefined);
  const missed: Event[] = [];
  for (;;) {
    const message = await Promise.race([inbox.take(), early]);
    if (message.type === 'subscribed') break;
    missed.push(withoutCursor(message));
  }
  return {
    protocol: socket.protocol,
    missed,
    cursor: () => inbox.cursor,
    next: async () => eventIn(await inbox.take()),
    unread: () => inbox.waiting.splice(0).map(eventIn),
    closed,
    close: () => {
      socket.close();
      return closed;
    },
  };
}

class Inbox {
  cursor = '';
  readonly waiting: EventMessage[] = [];
  #arrived = Promise.withResolvers<void>();

  put(message: EventMessage): void {
    this.cursor = message.cursor;
    this.waiting.push(message);
    this.#arrived.resolve();
    this.#arrived = Promise.withResolvers();
  }

  async take(): Promise<EventMessage> {
    for (;;) {
      const message = this.waiting.shift();
      if (message !== undefined) return message;
      await this.#arrived.promise;
    }
  }
}

function eventIn(message: EventMessage): Event {
  assert.ok(message.type !== 'subscribed', 'a connection subscribes once');
  return withoutCursor(message);
}

function withoutCursor({ type, payload }: Event): Event {
  return { type, payload };
}

/** Type, status and invocation of an event, which is most of what a test asks about. */
export function gist({ type, payload: { invocation } }: Event): string {
  return `${type} ${invocation.status} ${invocation.id}`;
}

/** A handshake by hand: the answer where it is refused, else the bare connection, which nobody reads yet. */
export async function upgrade(
  address: string,
  path: string,
  opening: Opening = {},
): Promise<{ readonly refused: Answer } | { readonly socket: Socket }> {
  const sent = request(address + path, {
    agent: false,
    headers: {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      ...(opening.protocols && { 'sec-websocket-protocol': opening.protocols.join(', ') }),
      ...headersOf(opening),
    },
  });
  sent.end();
  const upgraded = once(sent, 'upgrade') as Promise<[IncomingMessage, Socket, Buffer]>;
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  upgraded.catch(() => undefined);
  answered.catch(() => undefined);
  const [message, socket] = await Promise.race([upgraded, answered]);
  if (socket !== undefined) return { socket };
  let text = '';
  for await (const chunk of message) text += String(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, String(value));
  return { refused: { status: message.statusCode ?? 0, headers, body: JSON.parse(text) } };
}

/** The answer to a handshake that must not succeed. */
export async function refusedUpgrade(address: string, path: string, opening: Opening = {}): Promise<Answer> {
  const outcome = await upgrade(address, path, opening);
  if ('refused' in outcome) return outcome.refused;
  outcome.socket.destroy();
  return assert.fail('the upgrade was taken');
}

/** A bare connection that has been taken. */
export async function bareSocket(
  t: Cleanup,
  address: string,
  path: string,
  opening: Opening,
): Promise<Socket> {
  const outcome = await upgrade(address, path, opening);
  if ('refused' in outcome) return assert.fail(JSON.stringify(outcome.refused.body));
  defer(t, () => outcome.socket.destroy());
  outcome.socket.on('error', () => undefined);
  return outcome.socket;
}

function headersOf({ token, headers }: Opening): Record<string, string> {
  return { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers };
}
