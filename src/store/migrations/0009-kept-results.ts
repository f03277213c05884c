import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';

/**
 * Whole results that are larger than the record's copy, for the session that asked; what is dropped leaves its row without
 * the value. What they take is counted beside them, for each session and (under the empty name) for the whole database, so that
 * nobody adds them up.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('kept_results')
    .addColumn('invocation_id', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('kept_at', 'bigint', (column) => column.notNull())
    .addColumn('dropped', 'text')
    // Last, so that the other columns are read without it.
    .addColumn('sealed', 'text')
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('kept_results');
  await index('kept_results_of_session')
    .columns(['session_id', 'kept_at', 'invocation_id'])
    .where(sql.ref('sealed'), 'is not', null)
    .execute();
  await index('kept_results_oldest')
    .columns(['kept_at', 'invocation_id'])
    .where(sql.ref('sealed'), 'is not', null)
    .execute();
  await db.schema
    .createTable('kept_result_sums')
    .addColumn('session_id', 'text', (column) => column.primaryKey())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('revoked', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`create index kept_result_sums_revoked on kept_result_sums (session_id) where revoked = 1`.execute(
    db,
  );
  await sql`insert into kept_result_sums (session_id, bytes) values ('', 0)`.execute(db);
}
