import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CompiledQuery, createQueryId, type KyselyPlugin, type RootOperationNode, sql } from 'kysely';
import { newId } from '../src/lib/ids.ts';
import * as modes from '../src/store/action-modes.ts';
import type { Database } from '../src/store/engine/database.ts';
import { openStore, type Store, type StoreLocation } from '../src/store/engine/open.ts';
import { listInvocations } from '../src/store/history/list-invocations.ts';
import * as invocations from '../src/store/invocations.ts';
import { isPending } from '../src/store/invocations.ts';
import { countInvoke } from '../src/store/invoke-windows.ts';
import { insertOrganization } from '../src/store/organizations.ts';
import type { InvocationRow } from '../src/store/tables.ts';
import * as transitions from '../src/store/transitions.ts';
import { type Cleanup, defer } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';

const now = 1_800_000_000_000;

function newRow(change: Partial<InvocationRow> = {}): InvocationRow {
  return {
    id: newId(),
    organization_id: 'org',
    session_id: 'session',
    automation_id: null,
    source_id: 'test',
    action_id: 'change',
    risk_level: 'write',
    mode: 'require_approval',
    mode_source: 'inferred_default',
    status: 'pending',
    params: '{}',
    params_sealed: 'sealed',
    result: null,
    error: null,
    denied_reason: null,
    expires_at: now + 1000,
    decided_by: null,
    decided_at: null,
    created_at: now,
    started_at: null,
    completed_at: null,
    gateway_id: null,
    lease_expires_at: null,
    idempotency_key: null,
    request_hash: null,
    target_hash: null,
    ...change,
  };
}

const lease = { gatewayId: 'gateway', expiresAt: now + 15_000 };

for (const engine of engines) {
  describe(`store on ${engine.name}`, { skip: engine.skip }, () => {
    async function open(t: Cleanup): Promise<{ store: Store; location: StoreLocation }> {
      const location = await engine.fresh(t);
      const store = await openStore(location);
      defer(t, () => store.close());
      return { store, location };
    }

    async function inserted(store: Store, change: Partial<InvocationRow> = {}): Promise<InvocationRow> {
      const row = await store.write((tx) => invocations.insertInvocation(tx, newRow(change)));
      assert.ok(row);
      return row;
    }

    async function statusOf(store: Store, id: string): Promise<string | undefined> {
      return (await invocations.findInvocation(store.db, 'org', id))?.status;
    }

    test('opens twice: migrations run once', async (t) => {
      const { location } = await open(t);
      const again = await openStore(location);
      await again.close();
    });

    test('refuses a database of a newer version', async (t) => {
      const { store, location } = await open(t);
      await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`.execute(
        store.shared,
      );
      await assert.rejects(openStore(location), {
        code: 'newer',
        message: /newer version of Assent.*9999-later/,
      });
    });

    test('a unit that throws takes back what it did, and nothing of the units beside it', async (t) => {
      const { store } = await open(t);
      const [a, b, c] = [newRow(), newRow(), newRow()];
      const results = await Promise.allSettled([
        store.write((tx) => invocations.insertInvocation(tx, a)),
        store.write(async (tx) => {
          await invocations.insertInvocation(tx, b);
          throw new Error('no');
        }),
        store.write((tx) => invocations.insertInvocation(tx, c)),
      ]);
      assert.deepEqual(
        results.map((result) => result.status),
        ['fulfilled', 'rejected', 'fulfilled'],
      );
      const { rows } = await listInvocations(store.db, { organizationId: 'org', limit: 10 });
      assert.deepEqual(rows.map((row) => row.id).toSorted(), [a.id, c.id].toSorted());
    });

    test('readers see nothing of a unit before it is committed', async (t) => {
      const { store } = await open(t);
      const row = newRow();
      const order: string[] = [];
      let seen: Promise<void> | undefined;
      await store.write(async (tx) => {
        await invocations.insertInvocation(tx, row);
        seen = statusOf(store, row.id).then((status) => void order.push(`read ${status}`));
        await invocations.findInvocation(tx, 'org', row.id);
        await sql`select 1`.execute(tx);
        order.push('unit ends');
      });
      await seen;
      // SQLite's reader waits for the unit; PostgreSQL's does not, and finds nothing.
      assert.ok(order[0] === 'unit ends' || order[0] === 'read undefined', order.join());
    });

    test('of two decisions one changes the row', async (t) => {
      const { store } = await open(t);
      const { id } = await inserted(store);
      const approved = await store.write((tx) => transitions.approvePending(tx, id, 'user', now, lease));
      const denied = await store.write((tx) => transitions.denyPending(tx, id, 'user', now, 'late'));
      assert.equal(approved?.status, 'approved');
      assert.equal(denied, undefined);
    });

    test('no decision after the time is over, whether or not the sweep has been by', async (t) => {
      const { store } = await open(t);
      const { id } = await inserted(store);
      assert.equal(
        await store.write((tx) => transitions.approvePending(tx, id, 'user', now + 1000, lease)),
        undefined,
      );
      assert.equal(
        await store.write((tx) => transitions.denyPending(tx, id, 'user', now + 1000, 'late')),
        undefined,
      );
      const swept = await store.write((tx) => transitions.expirePending(tx, now + 1000));
      assert.deepEqual(
        swept.map(({ id, status, params_sealed }) => ({ id, status, params_sealed })),
        [{ id, status: 'expired', params_sealed: null }],
      );
    });

    test('only the gateway that holds a row executes and ends it', async (t) => {
      const { store } = await open(t);
      const { id } = await inserted(store);
      await store.write((tx) => transitions.approvePending(tx, id, 'user', now, lease));
      const ending = { status: 'completed', result: '1' } as const;
      assert.equal(await store.write((tx) => transitions.startExecuting(tx, id, now, 'other')), undefined);
      assert.ok(await store.write((tx) => transitions.startExecuting(tx, id, now, lease.gatewayId)));
      assert.equal(
        await store.write((tx) => transitions.startExecuting(tx, id, now, lease.gatewayId)),
        undefined,
      );
      assert.equal(
        await store.write((tx) => transitions.endExecuting(tx, id, now, 'other', ending)),
        undefined,
      );
      const ended = await store.write((tx) => transitions.endExecuting(tx, id, now, 'gateway', ending));
      assert.deepEqual([ended?.status, ended?.params_sealed, ended?.gateway_id], ['completed', null, null]);
      assert.equal(await statusOf(store, id), 'completed');
    });

    test('what a gateway leaves behind fails, by its lease or by its name', async (t) => {
      const { store } = await open(t);
      const held = { gateway_id: 'dead', lease_expires_at: now + 10, expires_at: null, params_sealed: null };
      const approved = await inserted(store, { ...held, status: 'approved' });
      const executing = await inserted(store, { ...held, status: 'executing' });
      const mine = await inserted(store, { ...held, status: 'executing', gateway_id: 'me' });
      assert.deepEqual(await store.write((tx) => transitions.failAbandoned(tx, now + 9)), []);
      const ended = await store.write((tx) => transitions.failAbandoned(tx, now, { othersThan: 'me' }));
      assert.deepEqual(
        new Map(ended.map((row) => [row.id, row.error])),
        new Map([
          [approved.id, 'interrupted_before_execution'],
          [executing.id, 'interrupted_outcome_unknown'],
        ]),
      );
      assert.equal(await statusOf(store, mine.id), 'executing');
      await store.write((tx) =>
        transitions.renewLeases(tx, { gatewayId: 'me', expiresAt: now + 100 }, [mine.id]),
      );
      assert.deepEqual(await store.write((tx) => transitions.failAbandoned(tx, now + 99)), []);
      assert.equal((await store.write((tx) => transitions.failAbandoned(tx, now + 100))).length, 1);
    });

    test('an idempotency key is one row of its session, however long ago', async (t) => {
      const { store } = await open(t);
      const first = await inserted(store, { idempotency_key: 'k', request_hash: 'h' });
      const later = newRow({ idempotency_key: 'k', created_at: now + 25 * 3600_000 });
      assert.equal(await store.write((tx) => invocations.insertInvocation(tx, later)), null);
      assert.equal((await invocations.findByIdempotencyKey(store.db, 'session', 'k'))?.id, first.id);
      const elsewhere = newRow({ idempotency_key: 'k', session_id: 'another' });
      assert.ok(await store.write((tx) => invocations.insertInvocation(tx, elsewhere)));
    });

    test('hashes of requests are found by their age, the oldest first, and dropped', async (t) => {
      const { store } = await open(t);
      await inserted(store);
      const ids: string[] = [];
      for (const at of [3, 1, 2])
        ids.push((await inserted(store, { created_at: now + at, request_hash: `h${at}` })).id);
      const found = await invocations.listHashedUntil(store.db, now + 2, 10);
      assert.deepEqual(found, [ids[1], ids[2]]);
      assert.deepEqual(await invocations.listHashedUntil(store.db, now + 3, 1), [ids[1]]);
      await store.write((tx) => invocations.dropRequestHashes(tx, found));
      assert.deepEqual(await invocations.listHashedUntil(store.db, now + 3, 10), [ids[0]]);
    });

    test('pages of a list join without gap or overlap', async (t) => {
      const { store } = await open(t);
      const ids: string[] = [];
      for (let index = 0; index < 25; index++)
        ids.push((await inserted(store, { source_id: `s${index % 2}` })).id);
      const seen: string[] = [];
      let cursor: string | undefined;
      for (;;) {
        const page = await listInvocations(store.db, { organizationId: 'org', limit: 10, cursor });
        seen.push(...page.rows.map((row) => row.id));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      assert.deepEqual(seen, ids.toReversed());
      const odd = await listInvocations(store.db, { organizationId: 'org', limit: 100, sourceId: 's1' });
      assert.equal(odd.rows.length, 12);
      assert.equal((await listInvocations(store.db, { organizationId: 'other', limit: 100 })).rows.length, 0);
    });

    test('what is looked at every second looks through small indexes, not through everything', async (t) => {
      const { store } = await open(t);
      if (store.engine !== 'sqlite') return;
      const plans: string[] = [];
      const explained = async (query: { compile(): { sql: string; parameters: readonly unknown[] } }) => {
        const { sql: text, parameters } = query.compile();
        const { rows } = await store.db.executeQuery<{ detail: string }>(
          CompiledQuery.raw(`explain query plan ${text}`, [...parameters]),
        );
        plans.push(rows.map((row) => row.detail).join('; '));
      };
      const all = store.db.selectFrom('action_invocations').selectAll();
      await explained(all.where(isPending).where('expires_at', '<=', now));
      await explained(
        all.where('organization_id', '=', 'o').where(isPending).orderBy('id', 'desc').limit(50),
      );
      await explained(all.where('status', '=', 'executing').where('lease_expires_at', '<=', now));
      assert.match(plans[0] ?? '', /invocations_pending/);
      assert.match(plans[1] ?? '', /invocations_pending/);
      assert.match(plans[2] ?? '', /invocations_held/);
    });

    test('what waits is counted, and found to have waited too long, by an index alone: its params are not read', async (t) => {
      const { store } = await open(t);
      if (store.engine !== 'sqlite') return;
      const asked: RootOperationNode[] = [];
      const listens: KyselyPlugin = {
        transformQuery: ({ node }) => {
          asked.push(node);
          return node;
        },
        transformResult: async ({ result }) => result,
      };
      const db = store.db.withPlugin(listens);
      await invocations.countPendingOfSession(db, { organization_id: 'org', session_id: 's' }, now);
      await invocations.countPendingOfOrganization(db, 'org', now);
      await store.write((tx) => transitions.expirePending(tx.withPlugin(listens), now));
      const plans = asked.map(async (node) => {
        const { sql: text, parameters } = store.db.getExecutor().compileQuery(node, createQueryId());
        const plan = CompiledQuery.raw(`explain query plan ${text}`, [...parameters]);
        return (await store.db.executeQuery<{ detail: string }>(plan)).rows
          .map(({ detail }) => detail)
          .join();
      });
      const index = 'action_invocations USING COVERING INDEX invocations_pending_of_session';
      assert.deepEqual(await Promise.all(plans), [
        `SEARCH ${index} (organization_id=? AND session_id=? AND expires_at>?)`,
        `SEARCH ${index} (organization_id=?)`,
        `SCAN ${index}`,
      ]);
    });

    test('a window counts, and begins anew when it is over', async (t) => {
      const { store } = await open(t);
      const count = async (at: number) => store.write((tx: Database) => countInvoke(tx, 's', at, 60_000));
      assert.deepEqual(await count(now), { startedAt: now, count: 1 });
      assert.deepEqual(await count(now + 59_999), { startedAt: now, count: 2 });
      assert.deepEqual(await count(now + 60_000), { startedAt: now + 60_000, count: 1 });
    });

    test('a window counts who comes a moment late, and begins anew only where the clock was set back', async (t) => {
      const { store } = await open(t);
      const count = async (at: number) => store.write((tx: Database) => countInvoke(tx, 's', at, 60_000));
      assert.deepEqual(await count(now), { startedAt: now, count: 1 });
      assert.deepEqual(await count(now - 1), { startedAt: now, count: 2 });
      assert.deepEqual(await count(now - 60_000), { startedAt: now, count: 3 });
      assert.deepEqual(await count(now - 60_001), { startedAt: now - 60_001, count: 1 });
    });

    test('mode writes at the same moment are all kept', async (t) => {
      const { store } = await open(t);
      const id = newId();
      await store.write((tx) => insertOrganization(tx, { id, name: 'o', slug: 'o' }, now));
      const owner = { table: 'organization', id } as const;
      const keys = Array.from({ length: 20 }, (_, index) => `s:a${index}`);
      await Promise.all(keys.map((key) => store.write((tx) => modes.setMode(tx, owner, key, 'allow'))));
      assert.deepEqual(
        Object.keys((await modes.readModes(store.db, owner)) ?? {}).toSorted(),
        keys.toSorted(),
      );
      await store.write((tx) => modes.unsetMode(tx, owner, 's:a0'));
      assert.equal(Object.keys((await modes.readModes(store.db, owner)) ?? {}).length, 19);
    });
  });
}
