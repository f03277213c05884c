import type { Database } from '../engine/database.ts';

/**
 * What a browser has begun with the provider of single sign-on: its row is deleted by the one who uses it, and so serves once. Of the
 * secret that the browser shows, there is a hash alone.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('sign_on_states')
    .addColumn('secret_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('next', 'text', (column) => column.notNull())
    .addColumn('asks_again', 'integer', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('session_id', 'text')
    .addColumn('subject', 'text')
    .addColumn('email', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('sign_on_states_by_expiry').on('sign_on_states').column('expires_at').execute();
}
