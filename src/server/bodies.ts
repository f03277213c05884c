import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatewayError } from '../gateway/errors.ts';
import { type InexactNumber, inexactNumber } from '../lib/exact-numbers.ts';
import type { TakeTurn } from './connections/fair-turns.ts';

/** A number is carried on as it was written, or is refused: an id that is off by a little is another one's. */
export function acceptExactJson(app: FastifyInstance, takeTurn: TakeTurn): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      await takeTurn(request, body.length);
      const text = body.toString();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      void parse(request, text, (error, value) => (error === null ? resolve(value) : reject(error)));
      const value = await promise;
      const inexact = inexactNumber(text);
      if (inexact !== undefined) throw notExact(inexact);
      return value;
    },
  );
}

function notExact({ written, held }: InexactNumber): GatewayError {
  return new GatewayError(
    'invalid_request',
    `The number ${written.slice(0, 60)} cannot be carried as it is written: it would become ${held}. Send it as a text, in quotes, if the action takes one.`,
  );
}

/** What the pages' forms send, and nobody else may. */
export function acceptForms(app: FastifyInstance, takeTurn: TakeTurn): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string) => {
      await takeTurn(request, body.length);
      return Object.fromEntries(new URLSearchParams(body));
    },
  );
}
