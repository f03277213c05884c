import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import Fastify from 'fastify';
import { answerError } from '../errors.ts';
import { limitPipelining } from './pipelining.ts';

test('a connection has four requests at a time, and others when it has their answers', async (t) => {
  const app = Fastify();
  app.setErrorHandler(answerError);
  limitPipelining(app);
  const { promise: go, resolve: letGo } = Promise.withResolvers<void>();
  let handled = 0;
  app.get('/', async () => {
    handled++;
    await go;
    return 'done';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  t.after(() => app.close());
  const address = app.server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const client = connect(address.port, '127.0.0.1');
  t.after(() => client.destroy());
  client.setEncoding('latin1');
  let text = '';
  const answers = async (count: number): Promise<string[]> => {
    while (statusesIn(text).length < count)
      text += String((await client.iterator({ destroyOnReturn: false }).next()).value);
    return statusesIn(text);
  };
  const ask = (times: number) => client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(times));

  ask(7);
  // Answers come in the order of the requests: the refusals wait for those that are worked on.
  app.server.once('request', () => setImmediate(letGo));
  assert.deepEqual(await answers(7), ['200', '200', '200', '200', '429', '429', '429']);
  assert.equal(handled, 4);
  assert.match(
    text,
    /\{"error":\{"code":"rate_limited","message":"This connection has 4 requests under way already\. Read an answer first, or use another connection\."\}\}/,
  );
  ask(4);
  assert.deepEqual((await answers(11)).slice(7), ['200', '200', '200', '200']);
});

function statusesIn(text: string): string[] {
  return Array.from(text.matchAll(/HTTP\/1\.1 (\d{3})/g), ([, status = '']) => status);
}
