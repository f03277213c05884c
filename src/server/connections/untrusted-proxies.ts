import type { FastifyInstance, FastifyRequest } from 'fastify';

/** As proxies write them (RFC 7239, and the older header that most send). */
const forwarding = { 'x-forwarded-for': 'X-Forwarded-For', forwarded: 'Forwarded' } as const;

/**
 * Logs the first request that came through a proxy which nobody trusts. Its headers are passed over: all that come through it count as
 * one address, and what one of them does wrong slows down all.
 */
export function tellOfUntrustedProxies(
  app: FastifyInstance,
  isTrusted: (address: string) => boolean = () => false,
): void {
  let isTold = false;
  app.addHook('onRequest', async (request) => {
    if (isTold) return;
    const header = forwardingHeader(request);
    const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
    if (header === undefined || isTrusted(peer)) return;
    isTold = true;
    request.log.warn(
      { peer },
      `a request came with ${header} from ${peer}, which is no trusted proxy: the header is passed over, and all who come from there count as one. If a proxy of yours is there, start with ASSENT_TRUSTED_PROXIES=${peer}`,
    );
  });
}

function forwardingHeader({ headers }: FastifyRequest): string | undefined {
  return Object.entries(forwarding).find(([name]) => headers[name] !== undefined)?.[1];
}
