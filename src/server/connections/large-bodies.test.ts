import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import Fastify from 'fastify';
import { defer } from '../../../test/support/cleanup-stack.ts';
import type { Caller } from '../../gateway/callers.ts';
import { holdFewLargeBodies, largeBody, mostAtOnce } from './large-bodies.ts';

const callerNamed = (userId: string): Caller => ({
  kind: 'user',
  userId,
  organizationId: 'o',
  role: 'owner',
});

/** Answers a body of text with its length. */
async function serve(t: TestContext) {
  const app = Fastify();
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) request.caller = callerNamed(authorization);
  });
  holdFewLargeBodies(app);
  app.post('/', async ({ body }) => String(String(body).length));
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  defer(t, () => app.close());
  /** All of a request but the last character of its body. */
  return async (who: string, length: number, isChunked = false): Promise<Socket> => {
    const socket = connect(Number(port), '127.0.0.1');
    defer(t, () => socket.destroy());
    await once(socket, 'connect');
    const size = isChunked ? 'transfer-encoding: chunked' : `content-length: ${length}`;
    const head = `POST / HTTP/1.1\r\nhost: a\r\nauthorization: ${who}\r\ncontent-type: text/plain\r\n${size}\r\n\r\n`;
    socket.write(head + (isChunked ? '1\r\na\r\n' : 'a'.repeat(length - 1)));
    return socket;
  };
}

async function answerTo(socket: Socket): Promise<string> {
  const [answer] = await once(socket, 'data');
  return /\d+$/.exec(String(answer))?.[0] ?? '';
}

test('so many large bodies of one caller are received, and the next when one of them is done with', async (t) => {
  const send = await serve(t);
  const first: Socket[] = [];
  for (let at = 0; at < mostAtOnce; at++) first.push(await send('ann', largeBody, at % 2 === 1));
  const next = await send('ann', largeBody);
  let isAnswered = false;
  next.once('data', () => {
    isAnswered = true;
  });
  next.write('a');
  // Nobody else waits, and no small body.
  for (const [who, length] of [['bob', largeBody] as const, ['ann', 10] as const]) {
    const other = await send(who, length);
    other.write('a');
    assert.equal(await answerTo(other), String(length), who);
  }
  assert.equal(isAnswered, false);
  first[0]?.destroy();
  assert.equal(await answerTo(next), String(largeBody));
  for (const socket of [first[2], first[4]]) {
    assert.ok(socket);
    socket.write('a');
    assert.equal(await answerTo(socket), String(largeBody));
  }
});

test('who leaves while they wait hold no place', async (t) => {
  const send = await serve(t);
  const first: Socket[] = [];
  for (let at = 0; at < mostAtOnce; at++) first.push(await send('ann', largeBody));
  for (let at = 0; at < 8; at++) (await send('ann', largeBody)).destroy();
  const last = await send('ann', largeBody);
  last.write('a');
  first[3]?.write('a');
  assert.equal(await answerTo(last), String(largeBody));
});
