import { type RawBuilder, sql } from 'kysely';
import { Turns } from '../lib/turns.ts';
import { type Database, engineOf } from './database.ts';
import { type HistoryFilter, laneOf, rowsOf, siftsOf } from './history-filter.ts';
import { idsOfTime } from './id-times.ts';

/** Rows, and what looking through them should take. */
const stretch = { first: 100, least: 25, most: 500, ms: 5 };

/** SQLite answers within this process: whatever else it does waits for one stretch, however many look through something. */
const turns = new Turns();

export interface Reach {
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

/**
 * Looks through what a filter asks for, newest first. `look` is given the rows that fit, stretch after stretch, and says
 * whether to go on. A stretch has 500 rows at the most, fewer where they are large, and other work of the process comes
 * between two. Answers where it stopped because of `most`; `null` where it came to the end, or `look` had enough.
 */
export async function lookThrough(
  db: Database,
  filter: HistoryFilter,
  { cursor, most, takesFew }: Reach,
  look: (fitting: Rows) => Promise<boolean>,
): Promise<Stop | null> {
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
    await look(rowsIn(low, before));
    return null;
  }
  let length = stretch.first;
  for (let left = most; left > 0; ) {
    const rows = Math.min(length, left);
    const { last, goOn, tookMs } = await turns.take(async () => {
      const began = performance.now();
      const last = await idOfLast(db, rowsIn(low, before), rows);
      const goOn = await look(fitting(rowsIn(last ?? low, before)));
      return { last, goOn, tookMs: performance.now() - began };
    });
    if (last === undefined || !goOn) return null;
    before = last;
    left -= rows;
    length = nextLength(rows, tookMs);
  }
  return { id: before, createdAt: await creationOf(db, before) };
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
