import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { acceptExactJson, acceptForms } from './bodies.ts';

const bodies = {
  'application/json': { body: '{"a":[1]}', read: { a: [1] } },
  'application/x-www-form-urlencoded': { body: 'a=1', read: { a: '1' } },
} as const;

for (const [type, { body: sent, read }] of Object.entries(bodies)) {
  test(`a body of ${type} is decoded when its turn has come`, async (t) => {
    const app = Fastify();
    t.after(() => app.close());
    app.removeContentTypeParser(['text/plain', 'application/json']);
    const asked = Promise.withResolvers<number>();
    const turn = Promise.withResolvers<void>();
    const takeTurn = async (_request: unknown, bytes: number) => {
      asked.resolve(bytes);
      return turn.promise;
    };
    acceptExactJson(app, takeTurn);
    acceptForms(app, takeTurn);
    const parse = t.mock.method(JSON, 'parse');
    let isHandled = false;
    app.post('/', async ({ body }) => {
      isHandled = true;
      return body;
    });
    const answer = app.inject({ method: 'POST', url: '/', headers: { 'content-type': type }, body: sent });
    assert.equal(await Promise.race([asked.promise, answer.then(() => 'answered')]), sent.length);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([isHandled, parse.mock.callCount()], [false, 0]);
    turn.resolve();
    assert.deepEqual((await answer).json(), read);
  });
}
