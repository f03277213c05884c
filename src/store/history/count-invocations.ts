import { sql } from 'kysely';
import type { Status } from '../../contract/invocation.ts';
import type { Database } from '../engine/database.ts';
import { type ScanOptions, scanInChunks } from './chunked-scan.ts';
import type { HistoryFilter } from './filter.ts';

/** How many rows are counted at most: about 100 ms of SQLite's time with rows of 1 KB, in chunks. */
const mostCounted = 200_000;

export interface Count {
  /** The part of the time, from 0 on. */
  readonly bucket: number;
  readonly status: Status;
  readonly count: number;
}

/**
 * How many invocations have each status, in equal parts of the time that begins with the filter's `from`, of `bucketMs` each.
 * Counts at most the newest 200,000: `countedFrom` is the creation time of the oldest one counted, `null` if all were counted.
 */
export async function countInvocations(
  db: Database,
  filter: HistoryFilter & { readonly from: number },
  bucketMs: number,
  { most = mostCounted, ...options }: ScanOptions & { readonly most?: number } = {},
): Promise<{ counts: Count[]; countedFrom: number | null }> {
  const sums = new Map<string, Count>();
  const scan = { ...options, most, takesFew: false };
  const end = await scanInChunks(db, filter, scan, async (own, matching) => {
    const { rows } = await sql<Count>`
      select cast((created_at - ${filter.from}) / ${bucketMs} as integer) as bucket, status, count(*) as count
      ${matching()} group by 1, 2`.execute(own);
    for (const row of rows) {
      const key = `${row.status} ${row.bucket}`;
      sums.set(key, { ...row, count: row.count + (sums.get(key)?.count ?? 0) });
    }
    return true;
  });
  return { counts: [...sums.values()], countedFrom: end?.createdAt ?? null };
}
