import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * The pages run our own files and nothing else, talk to this gateway alone, and turn no text into markup or script (Trusted
 * Types); no other site may frame them or be told where they were.
 */
export const pageSecurity: FastifyHelmetOptions = {
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
