import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import Fastify, { type FastifyRequest } from 'fastify';
import type { Caller } from '../../gateway/callers.ts';
import { beginInTurns } from './fair-turns.ts';

const flood = 200;
const caller: Caller = { kind: 'user', userId: 'u', organizationId: 'o', role: 'owner' };

/** Answers with the number of the request, of those that were handled. */
async function serve(t: { after(close: () => unknown): void }) {
  const app = Fastify();
  let handled = 0;
  app.decorateRequest('caller', null);
  const takeTurn = beginInTurns(app);
  app.addHook('onRequest', async (request) => {
    if (request.headers.authorization === 'good') request.caller = caller;
  });
  app.addContentTypeParser(
    'text/plain',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string) => {
      await takeTurn(request, body.length);
      return body;
    },
  );
  app.all('/', async () => String(++handled));
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  t.after(() => app.close());
  /** A connection that is there already, so that all send at once. */
  return async (token: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    t.after(() => socket.destroy());
    return async (method: string) => {
      const body = method === 'POST' ? 'content-type: text/plain\r\ncontent-length: 1\r\n\r\nx' : '\r\n';
      socket.write(`${method} / HTTP/1.1\r\nhost: a\r\nauthorization: ${token}\r\n${body}`);
      const [answer] = await once(socket, 'data');
      return Number(/\d+$/.exec(String(answer))?.[0]);
    };
  };
}

for (const method of ['GET', 'POST']) {
  test(`who is known waits for few ${method} of others, however many they send`, async (t) => {
    const open = await serve(t);
    const good = await open('good');
    const others = await Promise.all(Array.from({ length: flood }, (_, at) => open(`wrong ${at}`)));
    // Until then, the server may not have taken the connection.
    const first = await Promise.all([good, ...others].map((send) => send(method)));
    assert.equal(Math.max(...first), flood + 1);
    const all = others.map((send) => send(method));
    const own = await good(method);
    const numbers = await Promise.all(all);
    assert.equal(Math.max(own, ...numbers), 2 * (flood + 1), 'each of them has its turn');
    const before = own - 1 - (flood + 1);
    assert.ok(before < flood / 2, `${before} of ${flood} came first`);
  });
}
