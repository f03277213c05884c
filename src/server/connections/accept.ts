import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { eventCloseCodes, eventsProtocol } from '../../shared/event-protocol.ts';

/** Bytes of a message from a subscriber, who has nothing to say. More closes the connection (1009). */
const maxPayload = 1024;
/** How long a subscriber may take to say goodbye when the gateway stops, ms. */
const farewellMs = 500;

/** Takes upgrades through the same hooks and routes as every other request, so that a refusal is an ordinary answer. */
export async function acceptWebSockets(app: FastifyInstance): Promise<void> {
  await app.register(websocket, {
    options: {
      maxPayload,
      perMessageDeflate: false,
      // Never the ticket, which comes as a subprotocol too.
      handleProtocols: (offered) => (offered.has(eventsProtocol) ? eventsProtocol : false),
    },
    // ws closes by itself with the code that says why.
    errorHandler: (error, _socket, request) => request.log.debug({ err: error }, 'a subscriber failed'),
    preClose: () => sendAllHome(app),
  });
}

/** Anything else that asks for an upgrade (HTTP/2, say) is answered as if it had not. */
export function isWebSocketUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** A stop of the gateway waits for no subscriber. */
async function sendAllHome({ websocketServer }: FastifyInstance): Promise<void> {
  const { clients } = websocketServer;
  for (const socket of clients) socket.close(eventCloseCodes.goingAway, 'the gateway stops');
  const farewell = new AbortController();
  const gone = Array.from(clients, (socket) => new Promise((resolve) => socket.once('close', resolve)));
  await Promise.race([
    Promise.all(gone),
    sleep(farewellMs, undefined, { signal: farewell.signal }).catch(() => undefined),
  ]);
  farewell.abort();
  for (const socket of clients) socket.terminate();
  websocketServer.close();
}
