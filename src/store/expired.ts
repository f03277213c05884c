import { sql } from 'kysely';
import { type Database, engineOf } from './engine/database.ts';
import { toMoment } from './engine/moments.ts';
import type { Moment } from './tables.ts';

/** What is over at a moment of its own, and says nothing any more then. */
export type Ending = keyof typeof ending;

type MomentOf = (db: Database, now: number) => number | Moment;
const inMs: MomentOf = (_db, now) => now;

const ending = {
  sign_in_attempts: ['key', 'expires_at', inMs],
  one_time_links: ['token_hash', 'expires_at', inMs],
  sign_on_states: ['secret_hash', 'expires_at', inMs],
  auth_session: ['id', 'expiresAt', toMoment],
  auth_verification: ['id', 'expiresAt', toMoment],
  device_codes: ['id', 'expires_at', inMs],
} as const satisfies Readonly<Record<string, readonly [key: string, expiresAt: string, MomentOf]>>;

export const endings: readonly Ending[] = [
  'sign_in_attempts',
  'one_time_links',
  'sign_on_states',
  'auth_session',
  'auth_verification',
  'device_codes',
];

/** Whether there is any row that is over. */
export async function hasExpired(db: Database, table: Ending, now: number): Promise<boolean> {
  const [, expiresAt, momentOf] = ending[table];
  const { rows } = await sql`
    select 1 from ${sql.table(table)} where ${sql.ref(expiresAt)} <= ${momentOf(db, now)} limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/** Deletes rows that are over, `most` at the most. What somebody else holds is left to the next time. Returns how many. */
export async function deleteExpired(tx: Database, table: Ending, now: number, most: number): Promise<number> {
  const [key, expiresAt, momentOf] = ending[table];
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)} where ${sql.ref(key)} in (
      select ${sql.ref(key)} from ${sql.table(table)} where ${sql.ref(expiresAt)} <= ${momentOf(tx, now)}
      order by ${sql.ref(expiresAt)} limit ${most} ${skipHeld(tx)})`.execute(tx);
  return Number(numAffectedRows);
}

/** SQLite has one writer, and nothing that is held. */
function skipHeld(tx: Database) {
  return engineOf(tx) === 'sqlite' ? sql`` : sql`for update skip locked`;
}
