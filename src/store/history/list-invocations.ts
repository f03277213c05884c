import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';
import { type Looking, lookThrough } from './chunked-scan.ts';
import type { HistoryFilter } from './filter.ts';
import { PageRows, type ShownRow, shownColumns } from './page-rows.ts';

/**
 * How many rows a page is looked for in: 28 ms of SQLite's time with rows of 1 KB and a word, 93 ms with the worst text; with
 * rows of 20 KB, 300 ms and 1.7 s, which `look-through` cuts off.
 */
const mostLookedThrough = 10_000;

/** What the rows of a page take at the most: two hundred large ones would be four times as much. */
const pageBytes = 1024 * 1024;

const columns = sql.join(shownColumns.map((name) => sql.ref(name)));

export interface InvocationFilter extends HistoryFilter {
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

export interface InvocationPage {
  readonly rows: ShownRow[];
  /** An id; `null` at the end. A page may hold nothing and still have one. */
  readonly nextCursor: string | null;
  /** Where the page is not full and the list has not ended: the creation of the oldest row looked through, ms. */
  readonly searchedTo: number | null;
}

/**
 * Newest first. Ids are in the order of creation, so that a page begins after an id at any depth for the same price. A page is
 * full with `limit` rows, or with a megabyte of them unless `mostBytes` says otherwise. What no index knows of is looked for in
 * ten thousand rows, or as many as a look has time for; the next page goes on from there.
 */
export async function listInvocations(
  db: Database,
  filter: InvocationFilter,
  { mostBytes = pageBytes, ...looking }: Looking & { readonly mostBytes?: number } = {},
): Promise<InvocationPage> {
  const { limit, cursor } = filter;
  const page = new PageRows(limit, mostBytes);
  const reach = { ...looking, cursor, most: mostLookedThrough, takesFew: true };
  const stop = await lookThrough(db, filter, reach, async (own, fitting) => {
    let after: string | undefined;
    for (;;) {
      const most = page.next;
      const query = sql<ShownRow>`select ${columns} ${fitting(after)} order by id desc limit ${most}`;
      const { rows } = await query.execute(own);
      page.add(rows);
      if (page.hasMore) return false;
      if (rows.length < most) return true;
      after = rows.at(-1)?.id;
    }
  });
  const { rows, hasMore } = page;
  if (hasMore) return { rows, nextCursor: rows.at(-1)?.id ?? null, searchedTo: null };
  const searchedTo = rows.length < limit ? (stop?.createdAt ?? null) : null;
  return { rows, nextCursor: stop?.id ?? null, searchedTo };
}
