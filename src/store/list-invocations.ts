import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { HistoryFilter } from './history-filter.ts';
import { lookThrough } from './look-through.ts';
import type { InvocationRow } from './tables.ts';

/** How many rows a page is looked for in: about 25 ms of SQLite's time with rows of 1 KB, in stretches. */
const mostLookedThrough = 10_000;

export interface InvocationFilter extends HistoryFilter {
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

export interface InvocationPage {
  readonly rows: InvocationRow[];
  /** An id; `null` at the end. A page may hold nothing and still have one. */
  readonly nextCursor: string | null;
  /** Where the page is not full and the list has not ended: the creation of the oldest row looked through, ms. */
  readonly searchedTo: number | null;
}

/**
 * Newest first. Ids are in the order of creation, so that a page begins after an id at any depth for the same price. What no index
 * knows of is looked for in ten thousand rows; the next page goes on from there.
 */
export async function listInvocations(db: Database, filter: InvocationFilter): Promise<InvocationPage> {
  const { limit, cursor } = filter;
  const found: InvocationRow[] = [];
  const reach = { cursor, most: mostLookedThrough, takesFew: true };
  const stop = await lookThrough(db, filter, reach, async (fitting) => {
    const left = limit + 1 - found.length;
    const query = sql<InvocationRow>`select * ${fitting} order by id desc limit ${left}`;
    found.push(...(await query.execute(db)).rows);
    return found.length <= limit;
  });
  const rows = found.slice(0, limit);
  if (found.length > limit) return { rows, nextCursor: rows.at(-1)?.id ?? null, searchedTo: null };
  const searchedTo = rows.length < limit ? (stop?.createdAt ?? null) : null;
  return { rows, nextCursor: stop?.id ?? null, searchedTo };
}
