import type { Database } from '../engine/database.ts';

/**
 * What people did themselves, beside deciding: who, by which credential, what it was about. A row is written in the transaction of
 * what it tells of, and is never changed.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('acts')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('organization_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text')
    .addColumn('credential_kind', 'text')
    .addColumn('credential_id', 'text')
    .addColumn('subject_kind', 'text')
    .addColumn('subject_id', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  // The newest of an organization, and those about one thing.
  await db.schema.createIndex('acts_of_organization').on('acts').columns(['organization_id', 'id']).execute();
  await db.schema
    .createIndex('acts_about')
    .on('acts')
    .columns(['organization_id', 'subject_kind', 'subject_id', 'id'])
    .execute();
}
