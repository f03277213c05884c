import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import Fastify from 'fastify';
import { dropUnreadAnswers } from './unread-answers.ts';

const unreadMs = 400;
/** More than the kernel takes off a server's hands. */
const large = 'x'.repeat(48 * 1024 * 1024);

/** A server that gives `answer` at `/`; what is given are its answers as they begin, and a client that reads nothing yet. */
async function set(t: TestContext, answer: () => unknown) {
  const app = Fastify();
  dropUnreadAnswers(app, unreadMs);
  const answers: ServerResponse[] = [];
  app.get('/', async (_request, reply) => {
    answers.push(reply.raw);
    return reply.send(await answer());
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const client = connect(address.port, '127.0.0.1');
  client.pause();
  t.after(async () => {
    client.destroy();
    app.server.closeAllConnections();
    await app.close();
  });
  const ask = (times = 1) => client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));
  const closed = async () => {
    if (answers.length === 0) await once(app.server, 'request');
    const [first] = answers;
    assert.ok(first);
    if (!first.closed) await once(first, 'close');
    return first;
  };
  return { ask, closed, client, answers };
}

test('a client that takes nothing of its answer is let go', async (t) => {
  const { ask, closed } = await set(t, () => large);
  const began = performance.now();
  ask();
  const answer = await closed();
  assert.equal(answer.writableFinished, false);
  assert.ok(performance.now() - began >= unreadMs - 5);
});

test('one that asks and asks, and takes nothing, is let go too', async (t) => {
  const { ask, closed } = await set(t, () => large);
  ask(20);
  assert.equal((await closed()).writableFinished, false);
});

test('one that takes a little at a time gets it all, however long that lasts', async (t) => {
  const { ask, closed, client } = await set(t, () => large);
  const began = performance.now();
  let taken = 0;
  client.on('data', (part: Buffer) => {
    taken += part.length;
    client.pause();
    setTimeout(() => client.resume(), 2);
  });
  ask();
  client.resume();
  const answer = await closed();
  assert.equal(answer.writableFinished, true);
  assert.ok(performance.now() - began > 2 * unreadMs, 'it lasts');
  assert.ok(taken > 0);
});

test('one that waits for its answer, or for the next part of it, is waited with', async (t) => {
  const { ask, client } = await set(t, async () => {
    await pause(3 * unreadMs);
    return Readable.from(slowParts());
  });
  ask(2);
  assert.equal(await readEnds(client, 2), 'onetwoonetwo');
});

test('one that stops reading in the midst of a file is let go', async (t) => {
  const { ask, closed, client } = await set(t, () => Readable.from(largeParts()));
  ask();
  client.once('data', () => client.pause());
  client.resume();
  assert.equal((await closed()).writableFinished, false);
});

async function* slowParts() {
  yield 'one';
  await pause(3 * unreadMs);
  yield 'two';
}

async function* largeParts() {
  yield 'one';
  await pause(3 * unreadMs);
  for (let part = 0; part < 32; part++) yield large.slice(0, 1024 * 1024);
}

/** What so many chunked answers say. */
async function readEnds(client: Socket, count: number): Promise<string> {
  let text = '';
  client.setEncoding('latin1');
  client.resume();
  for await (const part of client) {
    text += String(part);
    if (text.split('\r\n0\r\n\r\n').length > count) break;
  }
  return Array.from(text.matchAll(/\r\n3\r\n(\w{3})/g), ([, said]) => said).join('');
}
