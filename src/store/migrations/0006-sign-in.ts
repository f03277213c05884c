import { type Database, engineOf } from '../engine/database.ts';

/**
 * Which user token asked for a login link, and for the browser session that the link opened: both end with it. And the first
 * owner's address is made up, so that no provider can vouch for it.
 */
export async function up(db: Database): Promise<void> {
  await db.schema.alterTable('one_time_links').addColumn('user_token_id', 'text').execute();
  await db.schema.alterTable('auth_session').addColumn('userTokenId', 'text').execute();
  await db
    .updateTable('auth_user')
    .set({ emailVerified: engineOf(db) === 'postgres' ? false : 0 })
    .where('email', '=', 'owner@assent.local')
    .execute();
}
