import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import Fastify from 'fastify';
import { defer } from '../../../test/support/cleanup-stack.ts';
import { headsAtOnce, readHeadsInTurns } from './heads-in-turns.ts';

const flood = 6 * headsAtOnce;

/** Answers with the number of the request; counts the heads that are read in one turn of the event loop. */
async function serve(t: TestContext) {
  const app = Fastify();
  app.decorateRequest('caller', null);
  readHeadsInTurns(app);
  app.addHook('onRequest', async (request) => {
    const { authorization: userId } = request.headers;
    if (userId !== undefined) request.caller = { kind: 'user', userId, organizationId: 'o', role: 'owner' };
  });
  let inTurn = 0;
  let most = 0;
  app.server.on('request', () => {
    if (inTurn === 0) setImmediate(() => (inTurn = 0));
    inTurn++;
    most = Math.max(most, inTurn);
  });
  let begun = 0;
  app.all('/', async ({ body }) => `${++begun} ${typeof body === 'string' ? body : ''}`);
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  defer(t, () => app.close());
  /** A connection that is there already; sends when told to, and gives the number that it is answered with. */
  const open = async (user?: string) => {
    const socket = connect(Number(port), '127.0.0.1');
    defer(t, () => socket.destroy());
    await once(socket, 'connect');
    const who = user === undefined ? '' : `authorization: ${user}\r\n`;
    return async (body?: string) => {
      const rest = body === undefined ? '' : `content-type: text/plain\r\ncontent-length: ${body.length}\r\n`;
      const method = body === undefined ? 'GET' : 'POST';
      socket.write(`${method} / HTTP/1.1\r\nhost: a\r\n${who}${rest}\r\n${body ?? ''}`);
      const [answer] = await once(socket, 'data');
      const [, number, text] = /(\d+) (.*)$/.exec(String(answer)) ?? [];
      assert.equal(text, body ?? '');
      return Number(number);
    };
  };
  const openMany = (user?: string) => Promise.all(Array.from({ length: flood }, () => open(user)));
  return { open, openMany, most: () => most };
}

test('few heads are read in a turn, and each request is answered', async (t) => {
  const { openMany, most } = await serve(t);
  const all = await openMany();
  for (const body of [undefined, 'a body', undefined]) {
    const numbers = await Promise.all(all.map((send) => send(body)));
    assert.equal(new Set(numbers).size, flood);
  }
  assert.equal(most(), headsAtOnce);
});

test('a caller is read without waiting for the many of another one, or of nobody', async (t) => {
  const { open, openMany } = await serve(t);
  const owner = await open('ann');
  const others = [...(await openMany('bob')), ...(await openMany())];
  const first = await Promise.all([...others, owner].map((send) => send()));
  const all = others.map((send) => send());
  const own = (await owner()) - first.length;
  await Promise.all(all);
  assert.ok(own <= 3 * headsAtOnce, `${own - 1} of ${others.length} came first`);
});
