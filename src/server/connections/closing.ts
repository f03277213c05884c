import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * What has been asked is answered before a stop; nobody else holds it: neither who keeps a connection, nor who has opened one and
 * says nothing, or does not come to the end of what they say. Once a server closes, Node's own deadlines for those are off.
 */
export function endConnectionsWhenClosing(app: FastifyInstance): void {
  const asked = new Map<Socket, Set<IncomingMessage>>();
  let closing = false;
  app.server.on('connection', (socket: Socket) => {
    asked.set(socket, new Set());
    socket.once('close', () => asked.delete(socket));
  });
  // Who follows events is told goodbye by itself.
  app.server.on('upgrade', ({ socket }: IncomingMessage) => asked.delete(socket));
  app.server.on('request', (request, response) => {
    const ofSocket = asked.get(request.socket);
    ofSocket?.add(request);
    response.once('close', () => ofSocket?.delete(request));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const [socket, requests] of asked) if (!requests.values().some(isWhole)) socket.destroy();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}

function isWhole(request: IncomingMessage): boolean {
  return request.complete;
}
