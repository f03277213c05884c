import { sql } from 'kysely';
import { type Database, engineOf } from './engine/database.ts';
import type { KeptResultRow } from './tables.ts';

/*
 * Whole results, sealed, for the sessions that asked. Whoever changes what is kept of a session holds that session's sum first,
 * of several sessions in the order of their ids, and the sum of the database last: so nobody waits for one who waits for them.
 */

/** What is known of a kept result without reading it. */
export type KeptResult = Pick<KeptResultRow, 'invocation_id' | 'session_id' | 'bytes'>;

/** Why a whole result is there no more: its age, the room that newer ones needed, or the end of its session. */
export type Dropped = NonNullable<KeptResultRow['dropped']>;

/** What the sum of the whole database stands under. */
const wholeDatabase = '';

/** The engines use the partial indexes of what is still there only with this. */
export const isThere = sql<boolean>`sealed is not null`;

/**
 * Keeps a result; the oldest of its session make room for it where they would come to more than `mostBytes` together. The
 * session's row is held, so that nobody revokes it meanwhile. Returns what the whole database keeps then, bytes.
 */
export async function keepResult(
  tx: Database,
  kept: KeptResult & { readonly kept_at: number; readonly sealed: string },
  mostBytes: number,
): Promise<number> {
  const { session_id: sessionId, bytes } = kept;
  const sum = await addToSum(tx, sessionId, bytes);
  const freed = sum > mostBytes ? await makeRoom(tx, sessionId, sum - mostBytes) : 0;
  await tx
    .insertInto('kept_results')
    .values({ ...kept, dropped: null })
    .execute();
  return addToSum(tx, wholeDatabase, bytes - freed);
}

/** Rows that are looked at for one new result, which is seldom larger than all of them together. */
const rowsForRoom = 200;

/** Returns how much the oldest came to that were dropped, `excess` or more; the session's sum is held. */
async function makeRoom(tx: Database, sessionId: string, excess: number): Promise<number> {
  let freed = 0;
  while (freed < excess) {
    const oldest = await keptResults(tx)
      .where('session_id', '=', sessionId)
      .orderBy('kept_at')
      .orderBy('invocation_id')
      .limit(rowsForRoom)
      .execute();
    if (oldest.length === 0) break;
    for (const { bytes } of await emptyRows(tx, upTo(oldest, excess - freed), 'room')) freed += bytes;
  }
  await addToSum(tx, sessionId, -freed);
  return freed;
}

/** The first of these that come to `bytes` together, and no more of them than that takes. */
export function upTo(rows: readonly KeptResult[], bytes: number): KeptResult[] {
  let sum = 0;
  const end = rows.findIndex((row) => {
    sum += row.bytes;
    return sum >= bytes;
  });
  return end === -1 ? [...rows] : rows.slice(0, end + 1);
}

/** Drops these, as far as nobody else has meanwhile. */
export async function dropKeptResults(
  tx: Database,
  rows: readonly KeptResult[],
  why: Dropped,
): Promise<void> {
  const sessionIds = sessionsOf(rows);
  await holdSums(tx, sessionIds);
  const emptied = Map.groupBy(await emptyRows(tx, rows, why), (row) => row.session_id);
  let freed = 0;
  for (const [sessionId, ofSession] of emptied) {
    const bytes = ofSession.reduce((sum, row) => sum + row.bytes, 0);
    await addToSum(tx, sessionId, -bytes);
    freed += bytes;
  }
  await tx
    .deleteFrom('kept_result_sums')
    .where('session_id', 'in', sessionIds)
    .where('bytes', '=', 0)
    .execute();
  if (freed > 0) await addToSum(tx, wholeDatabase, -freed);
}

function sessionsOf(rows: readonly KeptResult[]): string[] {
  return [...new Set(rows.map((row) => row.session_id))].toSorted();
}

/** SQLite has one writer, and needs no lock. */
async function holdSums(tx: Database, sessionIds: readonly string[]): Promise<void> {
  if (engineOf(tx) === 'sqlite') return;
  await tx
    .selectFrom('kept_result_sums')
    .select('session_id')
    .where('session_id', 'in', sessionIds)
    .orderBy('session_id')
    .forUpdate()
    .execute();
}

async function emptyRows(tx: Database, rows: readonly KeptResult[], why: Dropped): Promise<KeptResult[]> {
  return tx
    .updateTable('kept_results')
    .set({ sealed: null, dropped: why })
    .where(
      'invocation_id',
      'in',
      rows.map((row) => row.invocation_id),
    )
    .where(isThere)
    .returning(['invocation_id', 'session_id', 'bytes'])
    .execute();
}

async function addToSum(tx: Database, sessionId: string, bytes: number): Promise<number> {
  const { bytes: sum } = await tx
    .insertInto('kept_result_sums')
    .values({ session_id: sessionId, bytes, revoked: 0 })
    .onConflict((conflict) =>
      conflict
        .column('session_id')
        .doUpdateSet((update) => ({ bytes: update('kept_result_sums.bytes', '+', bytes) })),
    )
    .returning('bytes')
    .executeTakeFirstOrThrow();
  return sum;
}

/** From now on nobody reads what these sessions have kept; `listRevokedResults` finds it. */
export async function revokeKeptResults(tx: Database, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  await holdSums(tx, sessionIds);
  await tx
    .updateTable('kept_result_sums')
    .set({ revoked: 1 })
    .where('session_id', 'in', sessionIds)
    .execute();
}

/** Whole, or without its value where it was dropped; `undefined` where the record's own copy is the whole. */
export async function findKeptResult(db: Database, invocationId: string): Promise<KeptResultRow | undefined> {
  return db
    .selectFrom('kept_results')
    .selectAll()
    .where('invocation_id', '=', invocationId)
    .executeTakeFirst();
}

/** Kept at `until` or before, the oldest first. */
export async function listResultsUntil(db: Database, until: number, most: number): Promise<KeptResult[]> {
  return keptResults(db)
    .where('kept_at', '<=', until)
    .orderBy('kept_at')
    .orderBy('invocation_id')
    .limit(most)
    .execute();
}

/** Those of sessions that were revoked. */
export async function listRevokedResults(db: Database, most: number): Promise<KeptResult[]> {
  // Compares with a literal, so that the small partial index serves.
  const revoked = db.selectFrom('kept_result_sums').select('session_id').where(sql<boolean>`revoked = 1`);
  return keptResults(db).where('session_id', 'in', revoked).limit(most).execute();
}

/** The oldest that must go so that the database keeps no more than `mostBytes`; not all of them, where they are more than `most`. */
export async function listResultsBeyond(
  db: Database,
  mostBytes: number,
  most: number,
): Promise<KeptResult[]> {
  // In one query: of two who ask at a time neither drops more, because the other was faster.
  const sum = db
    .selectFrom('kept_result_sums')
    .select('kept_result_sums.bytes')
    .where('kept_result_sums.session_id', '=', wholeDatabase);
  const oldest = await keptResults(db)
    .select(sum.as('sum'))
    .where(sum, '>', mostBytes)
    .orderBy('kept_at')
    .orderBy('invocation_id')
    .limit(most)
    .execute();
  const excess = (oldest[0]?.sum ?? 0) - mostBytes;
  return excess > 0 ? upTo(oldest, excess) : [];
}

function keptResults(db: Database) {
  return db.selectFrom('kept_results').select(['invocation_id', 'session_id', 'bytes']).where(isThere);
}
