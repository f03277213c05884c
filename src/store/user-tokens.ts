import type { Database } from './engine/database.ts';
import type { UserTokenRow } from './tables.ts';

export async function insertUserToken(tx: Database, row: UserTokenRow): Promise<void> {
  await tx.insertInto('user_tokens').values(row).execute();
}

export async function findUserToken(db: Database, tokenHash: string): Promise<UserTokenRow | undefined> {
  return db.selectFrom('user_tokens').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** Whether a token has neither been revoked nor expired. */
export async function isUserTokenGood(db: Database, id: string, now: number): Promise<boolean> {
  const row = await db
    .selectFrom('user_tokens')
    .select('id')
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .executeTakeFirst();
  return row !== undefined;
}

/** A user's own, newest first. */
export async function listUserTokens(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<UserTokenRow[]> {
  return db
    .selectFrom('user_tokens')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .execute();
}

/** Revokes one of a user's own tokens; a second time changes nothing. */
export async function revokeUserToken(
  tx: Database,
  organizationId: string,
  userId: string,
  id: string,
  now: number,
): Promise<UserTokenRow | undefined> {
  return tx
    .updateTable('user_tokens')
    .set((update) => ({ revoked_at: update.fn.coalesce('revoked_at', update.val(now)) }))
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .returningAll()
    .executeTakeFirst();
}

/** Revokes the tokens of a membership that ends. */
export async function revokeAllUserTokens(
  tx: Database,
  organizationId: string,
  userId: string,
  now: number,
): Promise<void> {
  await tx
    .updateTable('user_tokens')
    .set({ revoked_at: now })
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .where('revoked_at', 'is', null)
    .execute();
}
