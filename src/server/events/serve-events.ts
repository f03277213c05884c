import type { WebSocket } from '@fastify/websocket';
import { GatewayError } from '../../gateway/errors.ts';
import { feed, type Reader } from '../../gateway/events/feed.ts';
import type { EventScope } from '../../gateway/events/subscribe.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { eventCloseCodes } from '../../shared/event-protocol.ts';

export interface Subscription {
  readonly scope: EventScope;
  /** The cursor that the client has read up to. */
  readonly after: string | undefined;
  /** Throws where the client may no longer listen. */
  readonly mayStillListen: () => Promise<void>;
}

/** Tells a client of a scope's events until either goes. A client that does not read, or gives no sign of life, is dropped. */
export function serveEvents(gateway: Gateway, socket: WebSocket, subscription: Subscription): void {
  const { heartbeatMs, socketBufferBytes } = gateway.limits;
  const ended = new AbortController();
  socket.once('close', () => ended.abort());
  dropUnread(socket, socketBufferBytes);
  keepAsking(gateway, socket, heartbeatMs, subscription.mayStillListen);
  const { scope, after } = subscription;
  const reader = admitted(gateway, socket, readerOf(socket, socketBufferBytes), subscription.mayStillListen);
  feed(gateway, scope, after, reader, ended.signal).catch((error: unknown) => {
    gateway.log.error({ err: error }, 'events could not be told');
    socket.close(eventCloseCodes.interrupted, 'something failed; connect again');
  });
}

function readerOf(socket: WebSocket, mostBytes: number): Reader {
  return {
    take: (message) => {
      if (socket.readyState !== socket.OPEN) return Promise.resolve();
      if (socket.bufferedAmount > mostBytes) {
        socket.terminate();
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        socket.send(message, () => resolve());
      });
    },
    lost: (why) => socket.close(eventCloseCodes[why], lostSentences[why]),
  };
}

/** Messages that wait while a subscriber is asked for again. */
const mostWaiting = 1000;

/** Asks before a message whether who was let in still may listen, where that was not asked a moment ago. One after another: they keep their order. */
function admitted(
  gateway: Gateway,
  socket: WebSocket,
  reader: Reader,
  mayStillListen: () => Promise<void>,
): Reader {
  const { admittedMs } = gateway.limits;
  let askedAt = performance.now();
  let last = Promise.resolve();
  let waiting = 0;
  const hand = async (message: string) => {
    waiting--;
    if (socket.readyState !== socket.OPEN) return;
    if (performance.now() - askedAt >= admittedMs) {
      await mayStillListen();
      askedAt = performance.now();
    }
    await reader.take(message);
  };
  return {
    ...reader,
    take: (message) => {
      if (++waiting > mostWaiting) socket.terminate();
      last = last.then(() => hand(message)).catch((error: unknown) => refuse(gateway, socket, error));
      return last;
    },
  };
}

/** Nobody is told of what comes after: they connect again, and are asked then. */
function refuse(gateway: Gateway, socket: WebSocket, error: unknown): void {
  if (error instanceof GatewayError) return socket.close(eventCloseCodes.notAllowed, error.code);
  gateway.log.warn({ err: error }, 'a subscriber could not be asked for again');
  socket.close(eventCloseCodes.interrupted, lostSentences.interrupted);
}

/** At most 123 bytes of UTF-8 (RFC 6455, section 5.5). */
const lostSentences = {
  interrupted: 'something may be missing; connect again with ?after=',
  tooFarBehind: 'more was missed than is told; read the list, then connect without ?after=',
} as const;

/** Each ping of a client's is answered, whether or not it reads: what lies unread then counts too. */
function dropUnread(socket: WebSocket, mostBytes: number): void {
  socket.on('ping', () => {
    if (socket.bufferedAmount > mostBytes) socket.terminate();
  });
}

/** At every heartbeat: whether the last one was answered, and whether who was let in still may listen. */
function keepAsking(
  gateway: Gateway,
  socket: WebSocket,
  everyMs: number,
  mayStillListen: () => Promise<void>,
): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
    mayStillListen().catch((error: unknown) => {
      if (error instanceof GatewayError) socket.close(eventCloseCodes.notAllowed, error.code);
      else gateway.log.warn({ err: error }, 'a subscriber could not be asked for again');
    });
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}
