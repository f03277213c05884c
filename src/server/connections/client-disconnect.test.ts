import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import Fastify from 'fastify';
import { disconnectSignal } from './client-disconnect.ts';

test('tells of a client that leaves, and of one that has left', async (t) => {
  const app = Fastify();
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const { promise: gone, resolve: isGone } = Promise.withResolvers<unknown>();
  const { promise: late, resolve: isLate } = Promise.withResolvers<boolean>();
  app.get('/', async (_request, reply) => {
    const signal = disconnectSignal(reply);
    isAsked();
    if (!signal.aborted) await once(signal, 'abort');
    isGone(signal.reason);
    isLate(disconnectSignal(reply).aborted);
    return 'nobody reads this';
  });
  t.after(() => app.close());
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const leaving = new AbortController();
  const answer = assert.rejects(fetch(address, { signal: leaving.signal }), { name: 'AbortError' });
  await asked;
  leaving.abort();
  await answer;
  const said = { code: 'unavailable', message: 'The client did not wait for its answer.' };
  const reason = await gone;
  assert.ok(reason instanceof Error && 'code' in reason);
  assert.deepEqual({ code: reason.code, message: reason.message }, said);
  assert.equal(await late, true);
});
