import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';

/**
 * What a person's token may be used for, as OAuth writes it (RFC 6749, section 3.3). Those that were there may be used for all
 * that there is now; a row that says nothing may be used for nothing.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .alterTable('user_tokens')
    .addColumn('scopes', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
  await sql`update user_tokens set scopes = 'read ask approve configure'`.execute(db);
}
