import type { FastifyInstance } from 'fastify';

/**
 * Ends a connection whose client takes nothing of its answer for `mostMs`: the answer would lie in memory for as long as the
 * client likes. A client that waits for an answer, or for its next part, is not meant, nor a WebSocket, which has no answer.
 */
export function dropUnreadAnswers(app: FastifyInstance, mostMs: number): void {
  app.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    // Where nobody hears of it, Node ends the connection, which may be one that has all it was sent.
    reply.raw.on('timeout', () => {
      if (socket.writableLength > 0) socket.destroy();
    });
  });
  // Node's own timer of a socket: whatever is taken of a long write starts it anew, as does the next write.
  app.addHook('onSend', async (_request, reply) => {
    reply.raw.setTimeout(mostMs);
  });
}
