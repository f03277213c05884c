import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/**
 * The pages run our own files and nothing else, talk to this gateway alone, and turn no text into markup or script (Trusted
 * Types); no other site may frame them or be told where they were.
 */
const pageSecurity: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      'require-trusted-types-for': ["'script'"],
      'trusted-types': ["'none'"],
    },
  },
  // With `no-referrer` a browser sends `Origin: null` with our own forms too (Fetch, "append a request Origin header").
  referrerPolicy: { policy: 'same-origin' },
  frameguard: { action: 'deny' },
};

/** Gives every answer the headers that browsers keep the pages by. They are put together once: it takes longer than many a request. */
export function securePages(app: FastifyInstance): void {
  const addHeaders = helmet(pageSecurity);
  app.addHook('onRequest', (request, reply, done) => addHeaders(request.raw, reply.raw, () => done()));
}
