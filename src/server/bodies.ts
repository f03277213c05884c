import type { FastifyInstance } from 'fastify';
import { GatewayError } from '../gateway/errors.ts';
import { type InexactNumber, inexactNumber } from '../lib/exact-numbers.ts';

/** A number is carried on as it was written, or is refused: an id that is off by a little is another one's. */
export function acceptExactJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    void parse(request, text, (error, value) => {
      const inexact = error === null ? inexactNumber(text) : undefined;
      done(inexact === undefined ? error : notExact(inexact), value);
    });
  });
}

function notExact({ written, held }: InexactNumber): GatewayError {
  return new GatewayError(
    'invalid_request',
    `The number ${written.slice(0, 60)} cannot be carried as it is written: it would become ${held}. Send it as a text, in quotes, if the action takes one.`,
  );
}

/** What the pages' forms send, and nobody else may. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(body.toString())));
    },
  );
}
