import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { callerKey } from '../../gateway/callers.ts';
import { FairQueue } from '../../lib/fair-queue.ts';

/** Requests whose heads are read without a break: a head takes about a tenth of a millisecond. */
export const headsAtOnce = 48;

/**
 * Node reads all that has arrived before it does anything else, and takes a third of a second for the heads of thousands of requests.
 * Once it has read a few, the connections on which nothing is under way are paused; they are read again a few at a time, and everything
 * else that is due runs between. The turns go round among callers, as each connection had them last, and of those that had none, among
 * addresses. It decides when a head is read, and nothing else.
 */
export function readHeadsInTurns(app: FastifyInstance): void {
  const queue = new FairQueue({ pieces: headsAtOnce, ms: Number.POSITIVE_INFINITY });
  const last = new WeakMap<Socket, string>();
  /** Connections that are read from, and on which nothing is under way. */
  const idle = new Set<Socket>();
  const paused = new Set<Socket>();
  let heads = 0;

  const listen = (socket: Socket) => {
    if (!socket.destroyed) idle.add(socket);
  };
  app.server.on('connection', (socket: Socket) => {
    listen(socket);
    socket.once('close', () => idle.delete(socket));
  });
  const count = ({ socket }: IncomingMessage) => {
    idle.delete(socket);
    if (heads === 0) setImmediate(endTurn);
    heads++;
    if (heads >= headsAtOnce) pauseIdle();
  };
  app.server.on('upgrade', count);
  app.server.on('request', (request, response) => {
    count(request);
    response.once('close', () => listen(request.socket));
  });
  app.addHook('preParsing', async ({ raw, caller }) => {
    if (caller !== null) last.set(raw.socket, callerKey(caller));
  });

  function pauseIdle(): void {
    for (const socket of idle) {
      socket.pause();
      paused.add(socket);
    }
    idle.clear();
  }

  function endTurn(): void {
    heads = 0;
    for (const socket of paused) {
      void queue.take(last.get(socket) ?? `from ${socket.remoteAddress}`, async () => {
        socket.resume();
        listen(socket);
      });
    }
    paused.clear();
  }
}
