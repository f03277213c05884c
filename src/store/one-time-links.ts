import type { Database } from './database.ts';
import type { OneTimeLinkRow } from './tables.ts';

export type LinkPurpose = OneTimeLinkRow['purpose'];

export async function insertLink(tx: Database, row: OneTimeLinkRow): Promise<void> {
  await tx.insertInto('one_time_links').values(row).execute();
}

/** What an unused link within its life is about: a user's id, or an invitation's. */
export async function findLink(
  db: Database,
  purpose: LinkPurpose,
  tokenHash: string,
  now: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('one_time_links')
    .select('subject')
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.subject;
}

/** Uses a link up: its subject the first time within its life, `undefined` ever after. */
export async function redeemLink(
  tx: Database,
  purpose: LinkPurpose,
  tokenHash: string,
  now: number,
): Promise<string | undefined> {
  const row = await tx
    .updateTable('one_time_links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('subject')
    .executeTakeFirst();
  return row?.subject;
}

/** Forgets what is over, used or not. */
export async function deleteLinksBefore(tx: Database, purpose: LinkPurpose, now: number): Promise<void> {
  await tx
    .deleteFrom('one_time_links')
    .where('purpose', '=', purpose)
    .where('expires_at', '<=', now)
    .execute();
}
