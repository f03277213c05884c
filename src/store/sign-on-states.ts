import type { Database } from './engine/database.ts';
import type { SignOnStateRow } from './tables.ts';

export async function insertSignOnState(tx: Database, row: SignOnStateRow): Promise<void> {
  await tx.insertInto('sign_on_states').values(row).execute();
}

/** Takes a row that has not expired out of the table: of any number who ask for it, one gets it. */
export async function takeSignOnState(
  tx: Database,
  secretHash: string,
  now: number,
): Promise<SignOnStateRow | undefined> {
  const row = await tx
    .deleteFrom('sign_on_states')
    .where('secret_hash', '=', secretHash)
    .returningAll()
    .executeTakeFirst();
  return row !== undefined && row.expires_at > now ? row : undefined;
}

/** The same row, which stays. */
export async function findSignOnState(
  db: Database,
  secretHash: string,
  now: number,
): Promise<SignOnStateRow | undefined> {
  return db
    .selectFrom('sign_on_states')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

export async function deleteExpiredSignOnStates(tx: Database, now: number): Promise<void> {
  await tx.deleteFrom('sign_on_states').where('expires_at', '<=', now).execute();
}
