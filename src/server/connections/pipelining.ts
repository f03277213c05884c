import type { FastifyInstance } from 'fastify';
import { GatewayError } from '../../gateway/errors.ts';

/** Requests of one connection that are worked on at a time. */
const mostAtOnce = 4;

/**
 * A client that sends requests without waiting for answers (HTTP pipelining) is refused those that come too soon: their answers would lie in
 * memory until those before them have been read, and a packet has room for hundreds. Browsers and `fetch` send one at a time.
 */
export function limitPipelining(app: FastifyInstance): void {
  const underWay = new WeakMap<object, number>();
  app.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    const before = underWay.get(socket) ?? 0;
    underWay.set(socket, before + 1);
    reply.raw.once('close', () => underWay.set(socket, (underWay.get(socket) ?? 0) - 1));
    if (before < mostAtOnce) return;
    throw new GatewayError(
      'rate_limited',
      `This connection has ${mostAtOnce} requests under way already. Read an answer first, or use another connection.`,
    );
  });
}
