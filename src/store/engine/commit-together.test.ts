import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Kysely } from 'kysely';
import { countInvoke } from '../invoke-windows.ts';
import type { Tables } from '../tables.ts';
import { commitTogether } from './commit-together.ts';
import type { DiskSync } from './disk-sync.ts';
import { migrate } from './migrate.ts';
import { sqliteWriter } from './sqlite.ts';

async function set(t: TestContext, disk: Partial<DiskSync> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'assent-test-'));
  const db = new Kysely<Tables>({ dialect: sqliteWriter(join(folder, 'db'), 1000) });
  t.after(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true });
  });
  await migrate(db);
  const time = { now: 0 };
  t.mock.method(performance, 'now', () => time.now);
  let syncs = 0;
  const sync = async () => {
    syncs += 1;
  };
  const write = commitTogether(db, { sync, close: () => undefined, ...disk });
  const count = async (session: string) => {
    const row = await db
      .selectFrom('invoke_windows')
      .select('count')
      .where('session_id', '=', session)
      .executeTakeFirst();
    return row?.count ?? 0;
  };
  return { db, write, count, syncs: () => syncs, time };
}

test('writes that arrive together share one sync', async (t) => {
  const { write, count, syncs } = await set(t);
  await Promise.all(Array.from({ length: 20 }, () => write((tx) => countInvoke(tx, 's', 1, 60_000))));
  assert.deepEqual([await count('s'), syncs()], [20, 1]);
});

test('a batch that has taken long is committed, and the units left make the next one', async (t) => {
  const { write, count, syncs, time } = await set(t);
  const order: string[] = [];
  const unit = (name: string, ms: number) =>
    write(async (tx) => {
      order.push(name);
      time.now += ms;
      await countInvoke(tx, 's', 1, 60_000);
    }).then(() => order.push(`${name} settles`));
  const all = [unit('a', 6), unit('b', 6), unit('c', 30), unit('d', 1), unit('e', 1)];
  await Promise.all(all);
  assert.deepEqual([await count('s'), syncs()], [5, 3]);
  const turns = [
    ['a', 'b', 'a settles', 'b settles'],
    ['c', 'c settles'],
    ['d', 'e', 'd settles', 'e settles'],
  ];
  assert.deepEqual(order, turns.flat());
});

test('of a batch that has taken long, a unit that throws takes none of the others with it', async (t) => {
  const { write, count, time } = await set(t);
  const unit = (session: string, ms: number, throws = false) =>
    write(async (tx) => {
      await countInvoke(tx, session, 1, 60_000);
      time.now += ms;
      if (throws) throw new Error('no');
    });
  const results = await Promise.allSettled([unit('a', 20), unit('b', 20, true), unit('c', 1)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual([await count('a'), await count('b'), await count('c')], [1, 0, 1]);
});

test('a write that asks only for the commit waits for no sync', async (t) => {
  const never = new Promise<void>(() => undefined);
  const { write, count } = await set(t, { sync: () => never });
  void write((tx) => countInvoke(tx, 'waits', 1, 60_000));
  await write((tx) => countInvoke(tx, 's', 1, 60_000), 'committed');
  assert.equal(await count('s'), 1);
});

test('a sync that fails fails every write that waits for it, and the next ones are heard again', async (t) => {
  let isBroken = true;
  const sync = async () => {
    if (isBroken) throw new Error('EIO');
  };
  const { write } = await set(t, { sync });
  const work = () => write((tx) => countInvoke(tx, 's', 1, 60_000));
  const results = await Promise.allSettled([work(), work()]);
  assert.deepEqual(
    results.map((result) => (result.status === 'rejected' ? String(result.reason) : 'fulfilled')),
    ['Error: EIO', 'Error: EIO'],
  );
  isBroken = false;
  assert.equal((await work()).count, 3);
});

test('a unit that throws is alone with it, and the others are done once', async (t) => {
  const { write, count } = await set(t);
  const results = await Promise.allSettled([
    write((tx) => countInvoke(tx, 'a', 1, 60_000)),
    write(async (tx) => {
      await countInvoke(tx, 'b', 1, 60_000);
      throw new Error('no');
    }),
    write((tx) => countInvoke(tx, 'c', 1, 60_000)),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual([await count('a'), await count('b'), await count('c')], [1, 0, 1]);
});
