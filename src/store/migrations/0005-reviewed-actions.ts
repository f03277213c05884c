import type { Database } from '../engine/database.ts';

/** What was looked at when an action was reviewed: beside the pinned hash, so that drift can be shown. */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('reviewed_actions')
    .addColumn('organization_id', 'text', (column) => column.notNull().references('organization.id'))
    .addColumn('source_id', 'text', (column) => column.notNull())
    .addColumn('action_id', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('params', 'text', (column) => column.notNull())
    .addColumn('reviewed_by', 'text', (column) => column.notNull())
    .addColumn('reviewed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('reviewed_action_once', ['organization_id', 'source_id', 'action_id'])
    .execute();
}
