import type { Database } from './engine/database.ts';
import type { UserTokenRow } from './tables.ts';

export async function insertUserToken(tx: Database, row: UserTokenRow): Promise<void> {
  await tx.insertInto('user_tokens').values(row).execute();
}

export async function findUserToken(db: Database, tokenHash: string): Promise<UserTokenRow | undefined> {
  return db.selectFrom('user_tokens').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
}

/** What a token may be used for; empty where there is none. */
export async function findTokenScopes(db: Database, id: string): Promise<string> {
  const row = await db.selectFrom('user_tokens').select('scopes').where('id', '=', id).executeTakeFirst();
  return row?.scopes ?? '';
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

/** One of a user's own, whether or not it still works. */
export async function findOwnToken(
  db: Database,
  organizationId: string,
  userId: string,
  id: string,
): Promise<UserTokenRow | undefined> {
  return db
    .selectFrom('user_tokens')
    .selectAll()
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}
