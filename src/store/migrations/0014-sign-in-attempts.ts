import type { Database } from '../engine/database.ts';

/**
 * How often something was tried in vain, by a keyed hash of what it was tried on or of where it came from. And what is over is
 * found without looking through what is not.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('sign_in_attempts')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .addColumn('forgotten_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  for (const [table, column] of ending) {
    await db.schema.createIndex(`${table}_over`).on(table).column(column).execute();
  }
}

const ending = [
  ['sign_in_attempts', 'expires_at'],
  ['one_time_links', 'expires_at'],
  ['auth_session', 'expiresAt'],
  ['auth_verification', 'expiresAt'],
  ['device_codes', 'expires_at'],
] as const;
