import { type RawBuilder, sql } from 'kysely';
import { FairQueue } from '../../lib/fair-queue.ts';
import { type Database, engineOf } from '../engine/database.ts';
import { accessPathOf, type HistoryFilter, idRangeOf, residualOf, tableOf } from './filter.ts';

/** Sizes of a chunk in rows, and the time that reading one should take, ms. */
const chunk = { first: 100, least: 25, most: 500, ms: 5 };

/** How long the chunks of one scan may take together, ms, without the last one. Waiting in the queue does not count. */
const mostWorkMs = 250;

/** SQLite runs in this process. Thanks to the queue, other work waits for one chunk at most, however many scans there are. */
const queue = new FairQueue();

/** For which user a scan is, and how long it may take. */
export interface ScanOptions {
  /** The scans of different users take turns. */
  readonly userId?: string;
  /** Once it is aborted, no further chunk is read, and the scan throws its reason. */
  readonly gone?: AbortSignal;
  readonly mostWorkMs?: number;
}

export interface Scan extends ScanOptions {
  /** The scan begins after this id. */
  readonly cursor?: string | undefined;
  /** How many rows are read before the scan stops. */
  readonly most: number;
  /** `visit` reads few of the matching rows. Where an index finds those, the scan needs no chunks. */
  readonly takesFew: boolean;
}

/** The last row that was read. */
export interface ScanEnd {
  readonly id: string;
  readonly createdAt: number;
}

/** The part of a query that selects the rows: `from … where …`. */
export type Rows = RawBuilder<unknown>;

/** The rows of a chunk that match the filter; with the id of one of them, only those after it. */
export type MatchingRows = (after?: string) => Rows;

/**
 * Scans the invocations for those that match a filter, newest first, in chunks. `visit` gets the matching rows of each chunk,
 * and answers whether to go on. A chunk has at most 500 rows, and fewer if they are large; between two chunks the process does
 * other work. Returns where the scan stopped because of `most` or of its time; `null` at the end, or if `visit` had enough.
 */
export async function scanInChunks(
  db: Database,
  filter: HistoryFilter,
  scan: Scan,
  visit: (db: Database, matching: MatchingRows) => Promise<boolean>,
): Promise<ScanEnd | null> {
  const { cursor, most, takesFew, userId = '', gone } = scan;
  const engine = engineOf(db);
  const path = accessPathOf(filter);
  const residual = residualOf(engine, filter, path);
  const { low, high } = idRangeOf(filter.from, filter.to);
  // `from` is inclusive, `before` exclusive.
  const rowsIn = (from: string, before: string): Rows =>
    sql`from ${tableOf[engine](path)} where ${path.condition} and id >= ${from} and id < ${before}`;
  const matching = (rows: Rows): Rows => sql.join([rows, ...residual], sql` and `);

  let before = cursor !== undefined && cursor < high ? cursor : high;
  if (takesFew && residual.length === 0) {
    await visit(db, (after = before) => rowsIn(low, after));
    return null;
  }
  let length = chunk.first;
  let leftMs = scan.mostWorkMs ?? mostWorkMs;
  for (let left = most; left > 0; ) {
    const rows = Math.min(length, left);
    const { last, goOn, tookMs } = await queue.take(userId, async () => {
      gone?.throwIfAborted();
      return timed(db, async (own) => {
        const last = await idOfLast(own, rowsIn(low, before), rows);
        const goOn = await visit(own, (after = before) => matching(rowsIn(last ?? low, after)));
        return { last, goOn };
      });
    });
    if (last === undefined || !goOn) return null;
    before = last;
    left -= rows;
    leftMs -= tookMs;
    if (leftMs <= 0) break;
    length = nextLength(rows, tookMs);
  }
  return { id: before, createdAt: await creationOf(db, before) };
}

/** Times the work on a separate connection: without the time of queries that were queued before it. */
function timed<Result extends object>(
  db: Database,
  work: (own: Database) => Promise<Result>,
): Promise<Result & { readonly tookMs: number }> {
  return db.connection().execute(async (own) => {
    const began = performance.now();
    const result = await work(own);
    return { ...result, tookMs: performance.now() - began };
  });
}

/** The id of the last of so many rows, read from the index alone; `undefined` if there are fewer. */
async function idOfLast(db: Database, all: Rows, rows: number): Promise<string | undefined> {
  const query = sql<{ id: string }>`select id ${all} order by id desc limit 1 offset ${rows - 1}`;
  return (await query.execute(db)).rows[0]?.id;
}

async function creationOf(db: Database, id: string): Promise<number> {
  const query = db.selectFrom('action_invocations').select('created_at').where('id', '=', id);
  return (await query.executeTakeFirstOrThrow()).created_at;
}

/** Approaches the number of rows that takes the time meant for a chunk. */
function nextLength(rows: number, tookMs: number): number {
  const change = Math.min(2, Math.max(0.25, chunk.ms / tookMs));
  return Math.min(chunk.most, Math.max(chunk.least, Math.round(rows * change)));
}
