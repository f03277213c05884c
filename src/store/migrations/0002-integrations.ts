import type { Database } from '../engine/database.ts';

/** What an organization has set up of the providers that are built in. */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('integrations')
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('base_url', 'text')
    .addColumn('sealed_token', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('integration_once', ['organization_id', 'provider'])
    .execute();
}
