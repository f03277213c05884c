import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';
import { type ScanOptions, scanInChunks } from './chunked-scan.ts';
import type { HistoryFilter } from './filter.ts';
import { PageRows, type ShownRow, shownColumns } from './page-rows.ts';

/**
 * How many rows are scanned for a page: 28 ms of SQLite's time with rows of 1 KB and a word, 93 ms with the worst text; with
 * rows of 20 KB, 300 ms and 1.7 s, which `chunked-scan` ends earlier.
 */
const mostScanned = 10_000;

/** The size of a page's rows at most: two hundred large ones would be four times as much. */
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
  /** If the page is not full and the list has not ended: the creation time of the oldest row scanned, ms. */
  readonly searchedTo: number | null;
}

/**
 * Newest first. Ids are in the order of creation, so a page costs the same at any depth. A page is full with `limit` rows, or
 * with a megabyte of them unless `mostBytes` says otherwise. What no index finds is searched in ten thousand rows, or as many
 * as a scan has time for; the next page goes on from there.
 */
export async function listInvocations(
  db: Database,
  filter: InvocationFilter,
  { mostBytes = pageBytes, ...options }: ScanOptions & { readonly mostBytes?: number } = {},
): Promise<InvocationPage> {
  const { limit, cursor } = filter;
  const page = new PageRows(limit, mostBytes);
  const scan = { ...options, cursor, most: mostScanned, takesFew: true };
  const end = await scanInChunks(db, filter, scan, async (own, matching) => {
    let after: string | undefined;
    for (;;) {
      const most = page.next;
      const query = sql<ShownRow>`select ${columns} ${matching(after)} order by id desc limit ${most}`;
      const { rows } = await query.execute(own);
      page.add(rows);
      if (page.hasMore) return false;
      if (rows.length < most) return true;
      after = rows.at(-1)?.id;
    }
  });
  const { rows, hasMore } = page;
  if (hasMore) return { rows, nextCursor: rows.at(-1)?.id ?? null, searchedTo: null };
  const searchedTo = rows.length < limit ? (end?.createdAt ?? null) : null;
  return { rows, nextCursor: end?.id ?? null, searchedTo };
}
