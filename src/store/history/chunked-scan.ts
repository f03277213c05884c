import { type RawBuilder, sql } from 'kysely';
import { FairQueue } from '../../lib/fair-queue.ts';
import { type Database, engineOf } from '../engine/database.ts';
import { type HistoryFilter, laneOf, rowsOf, siftsOf } from './filter.ts';
import { idsOfTime } from './id-times.ts';

/** Rows, and what looking through them should take. */
const stretch = { first: 100, least: 25, most: 500, ms: 5 };

/** What the stretches of one look take together, but for the last; waiting for a turn does not count. */
const mostWorkMs = 250;

/** SQLite answers within this process: whatever else it does waits for one stretch, however many look through something. */
const turns = new FairQueue();

/** On whose behalf it is looked, and how long. */
export interface Looking {
  /** FairQueue go round among users. */
  readonly userId?: string;
  /** Aborted, no further stretch is looked through: throws its reason. */
  readonly gone?: AbortSignal;
  readonly mostWorkMs?: number;
}

export interface Reach extends Looking {
  /** Where to begin: after this id. */
  readonly cursor?: string | undefined;
  /** How many rows are looked through before it stops. */
  readonly most: number;
  /** `look` itself takes few of the rows that fit, so that it needs no stretches where an index knows which fit. */
  readonly takesFew: boolean;
}

/** The last row that was looked through. */
export interface Stop {
  readonly id: string;
  readonly createdAt: number;
}

/** The part of a query that says which rows: `from … where …`. */
export type Rows = RawBuilder<unknown>;

/** The rows of a stretch that fit; given an id of one of them, those after it alone. */
export type Fitting = (after?: string) => Rows;

/**
 * Looks through what a filter asks for, newest first. `look` is given the rows that fit, stretch after stretch, and says
 * whether to go on. A stretch has 500 rows at the most, fewer where they are large, and other work of the process comes
 * between two. Answers where it stopped because of `most` or of its time; `null` where it came to the end, or `look` had enough.
 */
export async function lookThrough(
  db: Database,
  filter: HistoryFilter,
  reach: Reach,
  look: (db: Database, fitting: Fitting) => Promise<boolean>,
): Promise<Stop | null> {
  const { cursor, most, takesFew, userId = '', gone } = reach;
  const engine = engineOf(db);
  const lane = laneOf(filter);
  const sifts = siftsOf(engine, filter, lane);
  const { low, high } = idsOfTime(filter.from, filter.to);
  // `from` counts, `before` does not.
  const rowsIn = (from: string, before: string): Rows =>
    sql`from ${rowsOf[engine](lane)} where ${lane.holds} and id >= ${from} and id < ${before}`;
  const fitting = (rows: Rows): Rows => sql.join([rows, ...sifts], sql` and `);

  let before = cursor !== undefined && cursor < high ? cursor : high;
  if (takesFew && sifts.length === 0) {
    await look(db, (after = before) => rowsIn(low, after));
    return null;
  }
  let length = stretch.first;
  let leftMs = reach.mostWorkMs ?? mostWorkMs;
  for (let left = most; left > 0; ) {
    const rows = Math.min(length, left);
    const { last, goOn, tookMs } = await turns.take(userId, async () => {
      gone?.throwIfAborted();
      return timed(db, async (own) => {
        const last = await idOfLast(own, rowsIn(low, before), rows);
        const goOn = await look(own, (after = before) => fitting(rowsIn(last ?? low, after)));
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

/** On a connection of its own, so that the time is what the work takes, and not what others do before it. */
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

/** The id of the last of so many rows, which the index alone knows; `undefined` where there are fewer. */
async function idOfLast(db: Database, all: Rows, rows: number): Promise<string | undefined> {
  const query = sql<{ id: string }>`select id ${all} order by id desc limit 1 offset ${rows - 1}`;
  return (await query.execute(db)).rows[0]?.id;
}

async function creationOf(db: Database, id: string): Promise<number> {
  const query = db.selectFrom('action_invocations').select('created_at').where('id', '=', id);
  return (await query.executeTakeFirstOrThrow()).created_at;
}

/** Towards as many rows as take the time that a stretch should. */
function nextLength(rows: number, tookMs: number): number {
  const change = Math.min(2, Math.max(0.25, stretch.ms / tookMs));
  return Math.min(stretch.most, Math.max(stretch.least, Math.round(rows * change)));
}
