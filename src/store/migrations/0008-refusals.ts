import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';

/**
 * How often a session was refused what left no row, by code. And the hashes of requests go: earlier versions made them without a
 * key, so that a short password among the params could be found by trying. From now on they are keyed, and are dropped after a
 * day; the index holds the few rows that still have one.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createTable('session_refusals')
    .addColumn('session_id', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('session_refusal_key', ['session_id', 'code'])
    .execute();
  await sql`update action_invocations set request_hash = null where request_hash is not null`.execute(db);
  await db.schema
    .createIndex('invocations_hashed')
    .on('action_invocations')
    .column('created_at')
    .where(sql.ref('request_hash'), 'is not', null)
    .execute();
}
