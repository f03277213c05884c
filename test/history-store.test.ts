import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { status as statuses } from '../src/contract/invocation.ts';
import { openStore, type Store } from '../src/store/engine/open.ts';
import { type ScanOptions, scanInChunks } from '../src/store/history/chunked-scan.ts';
import { countInvocations } from '../src/store/history/count-invocations.ts';
import type { HistoryFilter } from '../src/store/history/filter.ts';
import {
  type InvocationFilter,
  type InvocationPage,
  listInvocations,
} from '../src/store/history/list-invocations.ts';
import { shownColumns } from '../src/store/history/page-rows.ts';
import type { InvocationRow } from '../src/store/tables.ts';
import { type Cleanup, defer } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { historyRow, insertHistory } from './support/history-rows.ts';

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
/** As many rows as may be, on however slow a machine. */
const untimed: ScanOptions = { mostWorkMs: Number.POSITIVE_INFINITY };

for (const engine of engines) {
  describe(`history on ${engine.name}`, { skip: engine.skip }, () => {
    async function open(t: Cleanup, rows: InvocationRow[] = []) {
      const store = await openStore(await engine.fresh(t));
      defer(t, () => store.close());
      await insertHistory(store, rows);
      return store;
    }

    test('every filter, and every two together, finds what it says and nothing else', async (t) => {
      const rows = Array.from({ length: 420 }, (_, index) => varied(index));
      const store = await open(t, rows);
      for (const filter of filters()) {
        const expected = rows.filter((row) => fits(row, filter)).map((row) => row.id);
        const found = await allPages(store, { ...filter, limit: 7 });
        assert.deepEqual(found, expected.toSorted().toReversed(), JSON.stringify(filter));
      }
    });

    test('a search goes through 10,000 rows, and says where it goes on', async (t) => {
      const rows = Array.from({ length: 20_500 }, (_, index) =>
        historyRow({
          organization_id: 'org',
          session_id: 's',
          created_at: start + index,
          params: index % 10_000 === 100 ? '{"a":"Needle"}' : '{"a":"hay"}',
        }),
      );
      const store = await open(t, rows);
      const filter = { organizationId: 'org', text: 'needle', limit: 2 };
      const pages = await pagesOf(store, filter, untimed);
      const idOf = (index: number) => rows[index]?.id;
      // 20,499 back to 10,500; to 500; to the end.
      assert.deepEqual(
        pages.map((page) => [page.rows.map((row) => row.id), page.nextCursor, page.searchedTo]),
        [
          [[idOf(20_100)], idOf(10_500), start + 10_500],
          [[idOf(10_100)], idOf(500), start + 500],
          [[idOf(100)], null, null],
        ],
      );
      const full = await listInvocations(store.db, { ...filter, limit: 1 }, untimed);
      assert.deepEqual([full.nextCursor, full.searchedTo], [idOf(10_500), null]);
      const nothing = await listInvocations(store.db, { ...filter, text: 'straw' }, untimed);
      assert.deepEqual([nothing.rows, nothing.searchedTo], [[], start + 10_500]);
    });

    test('a search stops when its time is over, and goes on from there', async (t) => {
      const rows = Array.from({ length: 250 }, (_, index) => varied(index * 7 + 1));
      const store = await open(t, rows);
      const own = rows.filter((row) => row.organization_id === 'org');
      const filter = { organizationId: 'org', text: 'straw', limit: 2 };
      const page = await listInvocations(store.db, filter, { mostWorkMs: 0 });
      // The first chunk, which has a hundred rows.
      const last = own.at(-100);
      assert.deepEqual(page, { rows: [], nextCursor: last?.id, searchedTo: last?.created_at });
      const pages = await pagesOf(store, filter, { mostWorkMs: 0 });
      assert.equal(pages.length, Math.ceil(own.length / 100));
      const counted = { organizationId: 'org', from: start };
      const { countedFrom } = await countInvocations(store.db, counted, minute, { mostWorkMs: 0 });
      assert.equal(countedFrom, last?.created_at);
    });

    test('a search that nobody waits for any more takes no further turn', async (t) => {
      const store = await open(
        t,
        Array.from({ length: 2000 }, (_, index) => varied(index)),
      );
      const gone = new AbortController();
      let turns = 0;
      const reach = { gone: gone.signal, most: 10_000, takesFew: false };
      const search = scanInChunks(store.db, { organizationId: 'org' }, reach, async () => {
        if (++turns === 2) gone.abort(new Error('gone'));
        return true;
      });
      await assert.rejects(search, { message: 'gone' });
      assert.equal(turns, 2);
    });

    test('whoever searches once does not wait for who searches four times', async (t) => {
      const store = await open(
        t,
        Array.from({ length: 3000 }, (_, index) => varied(index)),
      );
      const ended: string[] = [];
      const search = async (userId: string) => {
        await listInvocations(
          store.db,
          { organizationId: 'org', text: 'straw', limit: 1 },
          { ...untimed, userId },
        );
        ended.push(userId);
      };
      await Promise.all(['ann', 'ann', 'ann', 'ann', 'bob'].map(search));
      assert.deepEqual(ended, ['bob', 'ann', 'ann', 'ann', 'ann']);
    });

    test('a page of large rows is full with a megabyte of them', async (t) => {
      const text = 'x'.repeat(10_000);
      const rows = Array.from({ length: 241 }, (_, index) =>
        historyRow({
          organization_id: 'org',
          session_id: 's',
          created_at: start + index,
          // The newest are small, so that nothing tells how large the others are.
          params: JSON.stringify({ text: index < 180 ? text : 'small', index }),
          result: index < 180 ? JSON.stringify(text) : null,
        }),
      );
      const store = await open(t, rows);
      const newest = rows.map((row) => row.id).toReversed();
      for (const filter of [{}, { text: 'index' }, { from: start }]) {
        const pages = await pagesOf(store, { organizationId: 'org', limit: 200, ...filter }, untimed);
        assert.deepEqual(
          pages.flatMap((page) => page.rows.map((row) => row.id)),
          newest,
        );
        assert.deepEqual(
          pages.map((page) => page.searchedTo),
          pages.map(() => null),
        );
        const sizes = pages.map((page) => JSON.stringify(page.rows).length);
        assert.ok(
          sizes.every((size) => size < 1.1 * 1024 * 1024),
          sizes.join(),
        );
        assert.ok(
          sizes.slice(0, -1).every((size) => size > 0.9 * 1024 * 1024),
          sizes.join(),
        );
      }
      const one = { organizationId: 'org', limit: 200, cursor: newest[100] };
      const single = await pagesOf(store, one, { mostBytes: 1 });
      assert.deepEqual(
        single.map((page) => page.rows.length),
        newest.slice(101).map(() => 1),
      );
    });

    test('a list reads nothing that it does not show', async (t) => {
      const sealed = { status: 'pending', params_sealed: 'x'.repeat(1024 * 1024) } as const;
      const row = historyRow({ organization_id: 'org', session_id: 's', created_at: start, ...sealed });
      const store = await open(t, [row]);
      const { rows } = await listInvocations(store.db, { organizationId: 'org', limit: 1 });
      assert.deepEqual(Object.keys(rows[0] ?? {}).toSorted(), shownColumns.toSorted());
      assert.ok(!Object.hasOwn(rows[0] ?? {}, 'params_sealed'));
    });

    test('many that search at once all come to their end', async (t) => {
      const rows = Array.from({ length: 3000 }, (_, index) => varied(index));
      const store = await open(t, rows);
      const searches = Array.from({ length: 20 }, (_, index) =>
        allPages(store, { organizationId: 'org', text: `number ${index}.`, limit: 50 }),
      );
      for (const [index, found] of (await Promise.all(searches)).entries()) {
        const wanted = { organizationId: 'org', text: `number ${index}.` };
        const expected = rows.filter((row) => fits(row, wanted)).map((row) => row.id);
        assert.ok(expected.length > 50);
        assert.deepEqual(found, expected.toReversed());
      }
    });

    test('a clock that was set back loses nobody', async (t) => {
      // Ids keep to the later time while the clock is back.
      const late = historyRow({ organization_id: 'org', session_id: 's', created_at: start + 9000 });
      const row = { ...late, created_at: start };
      const store = await open(t, [row]);
      for (const at of [{ from: start, to: start + 1 }, { from: start }, { to: start + 1 }]) {
        const { rows } = await listInvocations(store.db, { organizationId: 'org', limit: 1, ...at });
        assert.deepEqual(
          rows.map((one) => one.id),
          [row.id],
        );
      }
    });

    test('counts by status and time, of what fits', async (t) => {
      const rows = Array.from({ length: 420 }, (_, index) => varied(index));
      const store = await open(t, rows);
      const bucketMs = 45 * minute + 1;
      for (const filter of filters()) {
        if (filter.text !== undefined) continue;
        const from = filter.from ?? start;
        const expected: Record<string, number> = {};
        for (const row of rows.filter((one) => fits(one, filter))) {
          const key = `${Math.floor((row.created_at - from) / bucketMs)} ${row.status}`;
          expected[key] = (expected[key] ?? 0) + 1;
        }
        const { counts, countedFrom } = await countInvocations(
          store.db,
          { ...filter, from },
          bucketMs,
          untimed,
        );
        assert.deepEqual(
          Object.fromEntries(counts.map((one) => [`${one.bucket} ${one.status}`, one.count])),
          expected,
          JSON.stringify(filter),
        );
        assert.equal(countedFrom, null);
      }
    });

    test('counts the newest, and says from when', async (t) => {
      const rows = Array.from({ length: 1000 }, (_, index) =>
        historyRow({ organization_id: 'org', session_id: 's', created_at: start + index }),
      );
      const store = await open(t, rows);
      const count = async (most: number) => {
        const { counts, countedFrom } = await countInvocations(
          store.db,
          { organizationId: 'org', from: start },
          minute,
          { ...untimed, most },
        );
        return [counts, countedFrom];
      };
      const completed = (count: number) => [{ bucket: 0, status: 'completed', count }];
      assert.deepEqual(await count(600), [completed(600), start + 400]);
      assert.deepEqual(await count(1001), [completed(1000), null]);
    });

    test('each kind of question has an index that answers it', async (t) => {
      const store = await open(t);
      if (store.engine !== 'sqlite') return;
      const plan = async (filter: Partial<HistoryFilter>) => {
        let found = '';
        const whole = { organizationId: 'o', from: start, to: start + 1, ...filter };
        await scanInChunks(store.db, whole, { most: 1, takesFew: true }, async (db, matching) => {
          const { rows } = await sql<{
            detail: string;
          }>`explain query plan select * ${matching()} order by id desc`.execute(db);
          found = rows.map((row) => row.detail).join('; ');
          return false;
        });
        return found.replace('SEARCH action_invocations USING INDEX ', '');
      };
      const bounds = 'id>? AND id<?';
      assert.equal(await plan({}), `invocations_by_organization (organization_id=? AND ${bounds})`);
      assert.equal(
        await plan({ status: 'completed', text: 'x' }),
        `invocations_by_organization (organization_id=? AND ${bounds})`,
      );
      assert.equal(
        await plan({ sourceId: 's' }),
        `invocations_by_source (organization_id=? AND source_id=? AND ${bounds})`,
      );
      assert.equal(
        await plan({ sessionId: 's', sourceId: 's', status: 'failed' }),
        `invocations_by_session (session_id=? AND ${bounds})`,
      );
      for (const status of ['denied', 'failed', 'expired'] as const)
        assert.equal(
          await plan({ status, sourceId: 's' }),
          `invocations_not_completed (organization_id=? AND status=? AND ${bounds})`,
        );
      assert.equal(
        await plan({ status: 'pending', sessionId: 's' }),
        `invocations_pending (organization_id=? AND ${bounds})`,
      );
      assert.equal(
        await plan({ status: 'executing', sourceId: 's' }),
        'invocations_held (lease_expires_at>?); USE TEMP B-TREE FOR ORDER BY',
      );
    });
  });
}

/** Of each something: two organizations, every status, five sources, four sessions; two minutes apart. */
function varied(index: number): InvocationRow {
  const status = statuses.options[index % 7] ?? 'completed';
  const isHeld = status === 'approved' || status === 'executing';
  return historyRow({
    organization_id: index % 11 === 0 ? 'other' : 'org',
    session_id: index % 11 === 0 ? 'theirs' : `session-${index % 3}`,
    source_id: `source-${index % 5}`,
    created_at: start + index * 2 * minute,
    status,
    params: JSON.stringify({ says: `Number ${index % 50}.` }),
    ...(isHeld && { gateway_id: 'gateway', lease_expires_at: start }),
  });
}

function filters(): HistoryFilter[] {
  const from = start + 200 * minute;
  const parts: Partial<HistoryFilter>[] = [
    ...statuses.options.map((status) => ({ status })),
    { sourceId: 'source-1' },
    { sessionId: 'session-2' },
    // Of the other organization: a store that is asked for it all the same gives nothing.
    { sessionId: 'theirs' },
    { from },
    { to: start + 600 * minute },
    { from, to: start + 420 * minute },
    { from: start + 10_000 * minute },
    { text: 'number 1' },
  ];
  return [{}, ...parts.flatMap((one) => parts.map((other) => ({ ...one, ...other })))].map((part) => ({
    organizationId: 'org',
    ...part,
  }));
}

function fits(row: InvocationRow, filter: HistoryFilter): boolean {
  const { organizationId, status, sourceId, sessionId, from, to, text } = filter;
  return (
    row.organization_id === organizationId &&
    (status === undefined || row.status === status) &&
    (sourceId === undefined || row.source_id === sourceId) &&
    (sessionId === undefined || row.session_id === sessionId) &&
    (from === undefined || row.created_at >= from) &&
    (to === undefined || row.created_at < to) &&
    (text === undefined || row.params.toLowerCase().includes(text))
  );
}

async function pagesOf(
  store: Store,
  filter: InvocationFilter,
  options: ScanOptions & { mostBytes?: number } = {},
): Promise<InvocationPage[]> {
  const pages: InvocationPage[] = [];
  let cursor: string | null = null;
  do {
    const from = { ...filter, ...(cursor !== null && { cursor }) };
    const page: InvocationPage = await listInvocations(store.db, from, options);
    pages.push(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return pages;
}

async function allPages(store: Store, filter: InvocationFilter): Promise<string[]> {
  return (await pagesOf(store, filter)).flatMap((page) => page.rows.map((row) => row.id));
}
