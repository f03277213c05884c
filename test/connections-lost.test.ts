import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { Client } from 'pg';
import { pino } from 'pino';
import { Secret } from '../src/lib/secret.ts';
import { defer } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { type Answer, assertRefused, startGateway } from './support/gateway.ts';
import { poll } from './support/poll.ts';
import { scriptedSource } from './support/scripted-source.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

/** What an administrator can do to the connections of a database from outside of it. */
async function administrator(t: TestContext, databaseUrl: string) {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  defer(t, () => client.end());
  return {
    /** Ends every connection to the database; gives how many there were. */
    async cut(): Promise<number> {
      const { rowCount } = await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
        [name],
      );
      return rowCount ?? 0;
    },
    async allowConnections(allowed: boolean): Promise<void> {
      await client.query(`alter database ${name} with allow_connections ${allowed}`);
    },
    /** What new connections find: a server that takes no writes, as a replica does that nobody has promoted yet. */
    async takeWrites(takes: boolean): Promise<void> {
      await client.query(`alter database ${name} set default_transaction_read_only = ${!takes}`);
    },
  };
}

/** A way to the database that can stop carrying anything, as a network does that loses packets. */
async function startWay(t: TestContext, databaseUrl: string) {
  const url = new URL(databaseUrl);
  const folder = url.searchParams.get('host');
  const sockets: Socket[] = [];
  let isStalled = false;
  const server = createServer((here) => {
    const there =
      folder === null ? connect(Number(url.port || 5432), url.hostname) : connect(`${folder}/.s.PGSQL.5432`);
    sockets.push(here, there);
    for (const one of [here, there]) one.on('error', () => undefined);
    here.on('data', (bytes) => isStalled || there.write(bytes)).on('close', () => there.destroy());
    there.on('data', (bytes) => isStalled || here.write(bytes)).on('close', () => here.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  defer(t, () => {
    server.close();
    for (const one of sockets) one.destroy();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const here = new URL(databaseUrl);
  here.searchParams.delete('host');
  here.host = `127.0.0.1:${address.port}`;
  return {
    url: here.href,
    stall: () => {
      isStalled = true;
    },
    flow: () => {
      isStalled = false;
    },
  };
}

// An error that nobody listens for fails the test that it happens in, as it would end the process.
describe('connections to PostgreSQL that are lost', { skip: postgres?.skip }, () => {
  async function set(t: TestContext) {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const admin = await administrator(t, location.url);
    const logged: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
    const source = scriptedSource();
    const limits = { invokesPerWindow: 1_000_000, pendingPerSession: 1_000_000 };
    const gateway = await startGateway(
      t,
      { sourceKinds: [source.kind], log },
      { databaseUrl: new Secret(location.url), limits },
    );
    const session = await gateway.session();
    const owner = { token: gateway.ownerToken };
    const read = async (id: string) =>
      (await gateway.call('GET', `/v1/invocations/${id}`, owner)).body.invocation;
    const status = () => gateway.call('GET', '/v1/status', owner);
    return { admin, logged, source, gateway, session, owner, read, status };
  }

  /** Asks until it succeeds: a lost connection is found by who uses it, who is refused in words. */
  const inTheEnd = (ask: () => Promise<Answer>) =>
    poll('an answer', async () => {
      const answer = await ask();
      if (answer.status < 500) return answer;
      assert.equal(answer.body.error.code, 'unavailable');
      return undefined;
    });

  test('between requests: the next ones are answered, and all that was acknowledged is there', async (t) => {
    const { admin, session, read, status } = await set(t);
    for (let round = 0; round < 2; round++) {
      const { invocation } = (await session.invoke('look', { text: `round ${round}` })).body;
      const waiting = (await session.invoke('change', { text: `round ${round}` })).body.invocation;
      await Promise.all(Array.from({ length: 8 }, status));
      assert.ok((await admin.cut()) > 1);
      await inTheEnd(status);
      assert.deepEqual((await read(invocation.id)).result, { echoed: { text: `round ${round}` } });
      assert.equal((await read(waiting.id)).status, 'pending');
    }
  });

  test('that stall: who waits is refused in words, and later ones are answered', async (t) => {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const way = await startWay(t, location.url);
    const source = scriptedSource();
    const gateway = await startGateway(
      t,
      { sourceKinds: [source.kind], databaseMs: 500 },
      { databaseUrl: new Secret(way.url) },
    );
    const session = await gateway.session();
    assert.equal((await session.invoke('look')).status, 200);
    way.stall();
    assertRefused(
      await session.invoke('look'),
      503,
      'unavailable',
      /^The database does not answer at present\. /,
    );
    assertRefused(await gateway.call('GET', '/readyz'), 503, 'unavailable', /^The database does not answer/);
    way.flow();
    await poll('an answer', async () => (await session.invoke('look')).status === 200);
  });

  test('that lead to a replica then: reads go on, writes are refused in words, and it recovers once that is promoted', async (t) => {
    const { admin, gateway, session, source, read, status } = await set(t);
    const { invocation } = (await session.invoke('look', { text: 'before' })).body;
    await admin.takeWrites(false);
    assert.ok((await admin.cut()) > 0);
    assert.equal((await inTheEnd(status)).status, 200);
    const words =
      'The database takes no changes at present: it is read-only. Make it writable, or try again once it is.';
    assertRefused(await session.invoke('look'), 503, 'unavailable', words);
    assertRefused(await gateway.call('GET', '/readyz'), 503, 'unavailable', words);
    assert.equal((await read(invocation.id)).status, 'completed');
    assert.equal(source.calls.length, 1, 'what could not be put on record did not run');

    await admin.takeWrites(true);
    await admin.cut();
    await poll('readiness', async () => (await gateway.call('GET', '/readyz')).status === 200);
    assert.equal((await inTheEnd(() => session.invoke('look'))).status, 200);
  });

  test('in the middle of a transaction: it fails alone, and is taken back', async (t) => {
    const { admin, gateway, status } = await set(t);
    const { db, write } = gateway.gateway.store;
    const begun = Promise.withResolvers<void>();
    const cut = Promise.withResolvers<void>();
    const writing = write(async (tx) => {
      await tx.updateTable('organization').set({ name: 'half done' }).execute();
      begun.resolve();
      await cut.promise;
      await tx.updateTable('organization').set({ logo: 'half done' }).execute();
    });
    writing.catch(() => undefined);
    await begun.promise;
    assert.ok((await admin.cut()) > 0);
    // All of them are noticed by now, this transaction's own too.
    await inTheEnd(status);
    cut.resolve();
    await assert.rejects(writing);
    const names = await db.selectFrom('organization').select(['name', 'logo']).execute();
    assert.ok(names.every(({ name, logo }) => name !== 'half done' && logo === null));
  });

  test('again and again under load: nothing acknowledged is lost, and nothing runs twice', async (t) => {
    const { admin, source, gateway, session, owner, read } = await set(t);
    const acknowledged: Answer['body'][] = [];
    let asked = 0;
    const over = new AbortController();
    const agent = async (index: number) => {
      while (!over.signal.aborted) {
        const params = { text: `${index}-${asked++}` };
        const answer = await session.invoke(index % 2 === 0 ? 'look' : 'change', params);
        if (answer.status < 300) acknowledged.push({ ...answer.body.invocation, asked: params });
        else assert.deepEqual([answer.status, answer.body.error.code], [503, 'unavailable']);
      }
    };
    const cutting = async () => {
      try {
        for (let cuts = 0; cuts < 4; cuts++) {
          const before = acknowledged.length;
          await poll('more answers', () => acknowledged.length >= before + 20);
          await admin.cut();
        }
      } finally {
        over.abort();
      }
    };
    await Promise.all([cutting(), ...Array.from({ length: 8 }, (_, index) => agent(index))]);
    await inTheEnd(() => gateway.call('GET', '/v1/status', owner));
    for (const { id, status, asked: params } of acknowledged) {
      const row = await read(id);
      assert.deepEqual([row.status, row.params], [status, params]);
    }
    const texts = source.calls.map(({ params }) => params['text']);
    assert.equal(new Set(texts).size, texts.length, 'each was asked for once');
  });

  test('while an action runs, and no new one for a while: its end is recorded when the database is back', async (t) => {
    const { admin, logged, source, session, read } = await set(t);
    const begun = Promise.withResolvers<void>();
    const release = Promise.withResolvers<string>();
    source.answer = () => {
      begun.resolve();
      return release.promise;
    };
    const asking = session.invoke('look');
    await begun.promise;
    await admin.allowConnections(false);
    await admin.cut();
    release.resolve('done');
    const words = 'an outcome could not be recorded, and will be tried again';
    await poll('a try that failed', () => logged.some((line) => line.includes(words)));
    await admin.allowConnections(true);
    const { status, body } = await asking;
    assert.deepEqual([status, body.result], [200, 'done']);
    const row = await read(body.invocation.id);
    assert.deepEqual([row.status, row.result], ['completed', 'done']);
    assert.equal(source.calls.length, 1);
  });
});
