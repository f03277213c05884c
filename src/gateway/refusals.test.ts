import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { defer } from '../../test/support/cleanup-stack.ts';
import { scratchFolder } from '../../test/support/scratch.ts';
import type { Durability, Write } from '../store/engine/database.ts';
import { openStore } from '../store/engine/open.ts';
import { listRefusals } from '../store/session-refusals.ts';
import { RefusalCounts } from './refusals.ts';

async function set(t: TestContext) {
  const store = await openStore({ engine: 'sqlite', path: join(scratchFolder(t), 'assent.db') });
  defer(t, () => store.close());
  const writes: (Durability | undefined)[] = [];
  const state = { broken: false };
  const write: Write = async (unit, durability) => {
    writes.push(durability);
    if (state.broken) throw new Error('the disk is full');
    return store.write(unit, durability);
  };
  const counted = async (sessionId: string) =>
    (await listRefusals(store.db, sessionId)).map(({ code, count, last_at }) => [code, count, last_at]);
  return { refusals: new RefusalCounts({ write }), writes, state, counted, store };
}

test('however many refusals come, they are one write, which nobody syncs for', async (t) => {
  const { refusals, writes, counted } = await set(t);
  for (let now = 1; now <= 1000; now++) {
    refusals.count('a', 'forbidden', now);
    refusals.count('b', 'rate_limited', 1001 - now);
  }
  assert.deepEqual(writes, [], 'a refusal itself writes nothing');
  await refusals.flush();
  assert.deepEqual(writes, ['committed']);
  assert.deepEqual(await counted('a'), [['forbidden', 1000, 1000]]);
  assert.deepEqual(await counted('b'), [['rate_limited', 1000, 1000]]);
  await refusals.flush();
  assert.deepEqual(writes, ['committed'], 'where nothing came, nothing is written');
});

test('what comes later is added, and the last time is the latest', async (t) => {
  const { refusals, counted } = await set(t);
  for (const now of [5, 3, 9]) {
    refusals.count('a', 'forbidden', now);
    if (now === 3) refusals.count('a', 'not_found', now);
    await refusals.flush();
  }
  assert.deepEqual(await counted('a'), [
    ['forbidden', 3, 9],
    ['not_found', 1, 3],
  ]);
});

test('what cannot be written stays counted', async (t) => {
  const { refusals, state, counted } = await set(t);
  refusals.count('a', 'forbidden', 1);
  state.broken = true;
  const failed = refusals.flush();
  refusals.count('a', 'forbidden', 2);
  await assert.rejects(failed, { message: 'the disk is full' });
  state.broken = false;
  await Promise.all([refusals.flush(), refusals.flush()]);
  assert.deepEqual(await counted('a'), [['forbidden', 2, 2]]);
});

test('what is held in memory is bounded', async (t) => {
  const { refusals, store } = await set(t);
  for (let index = 0; index < 10_001; index++) refusals.count(`s${index}`, 'forbidden', 1);
  refusals.count('s0', 'forbidden', 2);
  await refusals.flush();
  const { counted } = await store.db
    .selectFrom('session_refusals')
    .select((select) => select.fn.sum<number>('count').as('counted'))
    .executeTakeFirstOrThrow();
  assert.equal(counted, 10_001, '10,000 sessions, one of them twice');
});
