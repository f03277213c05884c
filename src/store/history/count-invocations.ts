import { sql } from 'kysely';
import type { Status } from '../../contract/invocation.ts';
import type { Database } from '../engine/database.ts';
import { type Looking, lookThrough } from './chunked-scan.ts';
import type { HistoryFilter } from './filter.ts';

/** How many rows are counted: about 100 ms of SQLite's time with rows of 1 KB, in stretches. */
const mostCounted = 200_000;

export interface Count {
  /** From 0 on: which part of the time. */
  readonly bucket: number;
  readonly status: Status;
  readonly count: number;
}

/**
 * How many invocations there are of each status, by equal parts of the time that begins with the filter's `from`; milliseconds.
 * No more than the newest 200,000: `countedFrom` is the creation of the oldest one counted, `null` where that is all.
 */
export async function countInvocations(
  db: Database,
  filter: HistoryFilter & { readonly from: number },
  bucketMs: number,
  { most = mostCounted, ...looking }: Looking & { readonly most?: number } = {},
): Promise<{ counts: Count[]; countedFrom: number | null }> {
  const sums = new Map<string, Count>();
  const reach = { ...looking, most, takesFew: false };
  const stop = await lookThrough(db, filter, reach, async (own, fitting) => {
    const { rows } = await sql<Count>`
      select cast((created_at - ${filter.from}) / ${bucketMs} as integer) as bucket, status, count(*) as count
      ${fitting()} group by 1, 2`.execute(own);
    for (const row of rows) {
      const key = `${row.status} ${row.bucket}`;
      sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) });
    }
    return true;
  });
  return { counts: [...sums.values()], countedFrom: stop?.createdAt ?? null };
}
