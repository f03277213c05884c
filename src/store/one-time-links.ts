import type { Database } from './engine/database.ts';
import type { OneTimeLinkRow } from './tables.ts';

export type LinkPurpose = OneTimeLinkRow['purpose'];

export async function insertLink(tx: Database, row: OneTimeLinkRow): Promise<void> {
  await tx.insertInto('one_time_links').values(row).execute();
}

const loginPurposes = ['login', 'recovery'] as const;

export interface LoginLinkInfo {
  readonly purpose: LinkPurpose;
  readonly userId: string;
  /** The link in the ledger. */
  readonly grantId: string | null;
}

/** A link that logs a user in, is not used and has not expired. */
export async function findLoginLink(
  db: Database,
  tokenHash: string,
  now: number,
): Promise<LoginLinkInfo | undefined> {
  const row = await unusedLink(db, loginPurposes, tokenHash, now).executeTakeFirst();
  return row && { purpose: row.purpose, userId: row.subject, grantId: row.grant_id };
}

/** The subject of a link that is not used and has not expired. */
export async function findLink(
  db: Database,
  purpose: LinkPurpose,
  tokenHash: string,
  now: number,
): Promise<string | undefined> {
  return (await unusedLink(db, [purpose], tokenHash, now).executeTakeFirst())?.subject;
}

function unusedLink(db: Database, purposes: readonly LinkPurpose[], tokenHash: string, now: number) {
  return db
    .selectFrom('one_time_links')
    .select(['purpose', 'subject', 'grant_id'])
    .where('token_hash', '=', tokenHash)
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
}

/** Uses a link: returns its subject the first time, before it expires; `undefined` later. */
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

/** Deletes the expired links, used or not. */
export async function deleteLinksBefore(tx: Database, purpose: LinkPurpose, now: number): Promise<void> {
  await tx
    .deleteFrom('one_time_links')
    .where('purpose', '=', purpose)
    .where('expires_at', '<=', now)
    .execute();
}
