import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { JsonObject } from '../../lib/json.ts';
import { checkedAside } from './check-aside.ts';
import { paramsSchema } from './params-schema.ts';

const wide = (count: number): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, { enum: [at] }])),
});

test('a small schema is asked on the spot', () => {
  const aside = checkedAside(paramsSchema(wide(10)));
  assert.deepEqual(aside.check({ p1: 1 }), { ok: true, params: { p1: 1 } });
});

test('a large one says elsewhere what it would say here', async () => {
  const direct = paramsSchema(wide(800));
  const aside = checkedAside(direct);
  // Two at a time: each gets its own answer.
  const params: JsonObject[] = [{}, { p7: 7 }, { p7: 8 }, { p799: 'x', other: null }];
  const asked = params.map((one) => aside.check(one));
  assert.ok(asked.every((one) => one instanceof Promise));
  assert.deepEqual(
    await Promise.all(asked),
    params.map((one) => direct.check(one)),
  );
});

test('large params are checked elsewhere, too, and what is too deep is refused on the spot', async () => {
  const schema: JsonObject = { properties: { list: { items: { uniqueItems: true, enum: [['a'], ['b']] } } } };
  const direct = paramsSchema(schema);
  const aside = checkedAside(direct);
  const large = { list: Array.from({ length: 50_000 }, (_, at) => [at]) };
  const asked = aside.check(large);
  assert.ok(asked instanceof Promise);
  assert.deepEqual(await asked, direct.check(large));
  let deep: JsonObject = {};
  for (let level = 0; level < 100; level++) deep = { deep };
  assert.deepEqual(aside.check(deep), direct.check(deep));
});

test('compiling elsewhere costs this thread next to nothing', async () => {
  const cost = async (work: () => unknown): Promise<number> => {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };
  const fresh = (at: number) => paramsSchema({ ...wide(900), title: String(at) });
  const here = await cost(() => fresh(1).check({}));
  await checkedAside(fresh(2)).check({});
  const aside = checkedAside(fresh(3));
  const elsewhere = await cost(() => aside.check({}));
  assert.ok(elsewhere < here / 3, `${elsewhere} of ${here} microseconds`);
});

const deaths: Readonly<Record<string, (worker: Worker) => unknown>> = {
  'fails at something': (worker) => worker.postMessage({ id: -1, schema: 'no JSON', params: {} }),
  'just ends': (worker) => worker.terminate(),
};

for (const [how, die] of Object.entries(deaths)) {
  test(`where the other thread ${how}, what it had been asked is refused, and the next check works`, async (t) => {
    const workers = new Set<Worker>();
    const post = t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, ...sent: [unknown]) {
      workers.add(this);
      post.mock.restore();
      // It dies before it comes to what it is asked.
      die(this);
      this.postMessage(...sent);
    });
    const aside = checkedAside(paramsSchema(wide(800)));
    const says = { path: '', message: 'cannot be checked against this schema' };
    assert.deepEqual(await aside.check({ p7: 7 }), { ok: false, issues: [says] });
    assert.deepEqual(await aside.check({ p7: 7 }), { ok: true, params: { p7: 7 } });
    const [worker] = workers;
    assert.equal(worker?.threadId, -1);
  });
}

test('where the other thread ends with nothing to do, the next check works', async (t) => {
  const aside = checkedAside(paramsSchema(wide(800)));
  const workers = new Set<Worker>();
  const post = t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, ...sent: [unknown]) {
    workers.add(this);
    post.mock.restore();
    this.postMessage(...sent);
  });
  await aside.check({ p7: 7 });
  for (const worker of workers) await worker.terminate();
  assert.deepEqual(await aside.check({ p7: 7 }), { ok: true, params: { p7: 7 } });
});
