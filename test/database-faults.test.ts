// What becomes of requests while the database is held, full, damaged or gone: those that need it are refused in words, the
// others go on, and everything does when it is well again.
import assert from 'node:assert/strict';
import { renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { pino } from 'pino';
import { assertRefused, startGateway, type TestGateway } from './support/gateway.ts';
import { poll } from './support/poll.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

const untaken = 'an outcome could not be recorded, and will be tried again';

describe('an embedded database', () => {
  async function set(t: TestContext) {
    const dataDir = scratchFolder(t);
    const source = scriptedSource();
    const logged: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
    const gateway = await startGateway(t, { sourceKinds: [source.kind], databaseMs: 300, log }, { dataDir });
    const session = await gateway.session();
    const path = join(dataDir, 'assent.db');
    const me = () => gateway.call('GET', '/v1/me', { token: gateway.ownerToken });
    const open = () => gateway.call('POST', '/v1/sessions', { token: gateway.ownerToken, body: {} });
    return { gateway, source, session, path, me, open, logged };
  }

  const isReady = async (gateway: TestGateway) => (await gateway.call('GET', '/readyz')).status === 200;
  const recovered = (gateway: TestGateway) => poll('readiness', () => isReady(gateway));

  /** Holds the lock for writing, as another program does that was begun on the file. */
  function holder(t: TestContext, path: string) {
    const other = new DatabaseSync(path);
    t.after(() => other.close());
    other.exec('begin immediate');
    return () => other.exec('rollback');
  }

  test('held by another process: reads go on, and a write waits until it is free', async (t) => {
    const { gateway, path, me, open } = await set(t);
    const release = holder(t, path);
    const opening = open();
    for (let index = 0; index < 20; index++) assert.equal((await me()).status, 200);
    release();
    const opened = await opening;
    if (opened.status !== 201) assertRefused(opened, 503, 'unavailable', /is held by another process/);
    await recovered(gateway);
    assert.equal((await open()).status, 201);
  });

  test('held for longer: a write is refused in words, and so is work', async (t) => {
    const { gateway, path, me, open, session } = await set(t);
    const release = holder(t, path);
    const words =
      'The database is held by another process, which keeps others from writing. Nothing was changed. End that process, or try again.';
    assertRefused(await open(), 503, 'unavailable', words);
    assertRefused(await session.invoke('look'), 503, 'unavailable', words);
    assertRefused(await gateway.call('GET', '/readyz'), 503, 'unavailable', words);
    assert.equal((await gateway.call('GET', '/healthz')).status, 200);
    assert.equal((await me()).status, 200);
    release();
    await recovered(gateway);
    assert.equal((await session.invoke('look')).status, 200);
  });

  /** Takes all room there is, as a full disk does; `room` gives it back. */
  function disk({ gateway: { store } }: TestGateway) {
    const limit = (pages: number) =>
      store.write((tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx));
    const takes = async (bytes: number) => {
      try {
        await store.write((tx) => sql`insert into filler values (zeroblob(${sql.lit(bytes)}))`.execute(tx));
        return true;
      } catch (error) {
        assert.match(String(error), /database or disk is full/);
        return false;
      }
    };
    return {
      fill: async () => {
        await store.write((tx) => sql`create table if not exists filler (data blob)`.execute(tx));
        // SQLite takes no less than there is.
        await limit(1);
        for (const bytes of [4000, 100, 1]) while (await takes(bytes));
      },
      room: () => limit(1_000_000),
    };
  }

  test('full: what was acknowledged stays, reads go on, and it recovers by itself', async (t) => {
    const { gateway, source, me, session, open } = await set(t);
    const { invocation } = (await session.invoke('look', { text: 'before' })).body;
    const { fill, room } = disk(gateway);
    await fill();
    const words =
      'The disk that the database is on is full. What this would have changed is not on record. Make room there.';
    assertRefused(await session.invoke('look', { text: 'x'.repeat(9000) }), 503, 'unavailable', words);
    assert.equal(source.calls.length, 1);
    assert.equal((await me()).status, 200);
    await room();
    await recovered(gateway);
    assert.equal((await open()).status, 201);
    assert.equal((await session.invoke('look')).status, 200);
    const row = await gateway.call('GET', `/v1/invocations/${invocation.id}`, { token: gateway.ownerToken });
    assert.deepEqual(row.body.invocation.result, { echoed: { text: 'before' } });
  });

  test('full while an action runs: what was carried out is recorded as that once there is room', async (t) => {
    const { gateway, source, session, logged } = await set(t);
    const { fill, room } = disk(gateway);
    source.answer = async () => {
      await fill();
      return { done: 'y'.repeat(9000) };
    };
    const asking = session.invoke('look');
    await poll('a try that failed', () => logged.some((line) => line.includes(untaken)));
    await room();
    const { status, body } = await asking;
    assert.deepEqual([status, body.invocation.status, source.calls.length], [200, 'completed', 1]);
  });

  test('full for longer than anybody waits: who asked is told, and what was done is recorded all the same', async (t) => {
    const { gateway, source, session } = await set(t);
    const { fill, room } = disk(gateway);
    source.answer = async () => {
      await fill();
      return { done: 'y'.repeat(9000) };
    };
    assertRefused(
      await session.invoke('look'),
      503,
      'unavailable',
      'The action has ended, and the database takes no outcome at present: it is recorded as soon as it does. Do not ask again; look at its status.',
    );
    await room();
    const recorded = async () => {
      const { body } = await gateway.call('GET', '/v1/invocations', { token: gateway.ownerToken });
      assert.equal(body.invocations.length, 1);
      const [{ status }] = body.invocations;
      assert.ok(['executing', 'completed'].includes(status), status);
      return status === 'completed';
    };
    await poll('its outcome', recorded);
    assert.equal(source.calls.length, 1);
  });

  test('gone: nothing is acknowledged that a restart would not find', async (t) => {
    const { gateway, path, open, session } = await set(t);
    renameSync(path, `${path}.moved`);
    const words =
      'The database file is not where it was. Nothing more is taken: put it back, with its -wal file, or stop the gateway and restore a backup.';
    assertRefused(await open(), 503, 'unavailable', words);
    assertRefused(await session.invoke('look'), 503, 'unavailable', words);
    assertRefused(await gateway.call('GET', '/readyz'), 503, 'unavailable', words);
    renameSync(`${path}.moved`, path);
    await recovered(gateway);
    assert.equal((await open()).status, 201);
  });

  test('replaced by another file: likewise', async (t) => {
    const { path, open } = await set(t);
    renameSync(path, `${path}.moved`);
    writeFileSync(path, '');
    assertRefused(await open(), 503, 'unavailable', /^The database file is not where it was\. /);
    rmSync(path);
    renameSync(`${path}.moved`, path);
  });

  test('damaged: says so', async (t) => {
    const { gateway, path, me, open } = await set(t);
    await gateway.gateway.store.write((tx) => sql`select 1`.execute(tx));
    const other = new DatabaseSync(path);
    other.exec('pragma wal_checkpoint(truncate)');
    other.close();
    const { size } = statSync(path);
    truncateSync(path, 4096);
    truncateSync(path, size);
    const answers = await Promise.all([me(), open()]);
    const damaged = answers.find(({ status }) => status === 503);
    assert.ok(damaged, JSON.stringify(answers.map(({ status, body }) => [status, body])));
    assertRefused(damaged, 503, 'unavailable', /^The database is damaged\. /);
  });
});
