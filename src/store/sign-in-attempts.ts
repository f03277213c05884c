import { sql } from 'kysely';
import type { Database } from './engine/database.ts';
import type { SignInAttemptsRow } from './tables.ts';

/** By their keys. */
export type Attempts = ReadonlyMap<string, SignInAttemptsRow>;

/**
 * The rows of these keys, made where there are none, and held for the rest of the transaction. They are taken in the order of
 * their keys, so that nobody waits for one who waits for them.
 */
export async function holdAttempts(tx: Database, keys: readonly string[], now: number): Promise<Attempts> {
  const rows = await tx
    .insertInto('sign_in_attempts')
    .values(keys.toSorted().map((key) => ({ key, next_at: 0, forgotten_at: 0, expires_at: now })))
    // An update that changes nothing, but holds the row and returns it.
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ key: sql`excluded.key` }))
    .returningAll()
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Writes what is held. */
export async function saveAttempts(tx: Database, { key, ...counts }: SignInAttemptsRow): Promise<void> {
  await tx.updateTable('sign_in_attempts').set(counts).where('key', '=', key).execute();
}

/** The rows of these keys that are there and not over. */
export async function findAttempts(db: Database, keys: readonly string[], now: number): Promise<Attempts> {
  const rows = await db
    .selectFrom('sign_in_attempts')
    .selectAll()
    .where('key', 'in', keys)
    .where('expires_at', '>', now)
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

/** Keeps the row of a key, made where there is none, until then; what it counts stays as it is. */
export async function keepAttempts(tx: Database, key: string, expiresAt: number): Promise<void> {
  await tx
    .insertInto('sign_in_attempts')
    .values({ key, next_at: 0, forgotten_at: 0, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ expires_at: expiresAt }))
    .execute();
}
