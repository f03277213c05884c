import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';

/**
 * How many of a session wait, and which have waited too long. The row's own `expires_at` stands behind up to a megabyte and a half of
 * sealed params, all of which SQLite reads on its way there: ten such rows take it 9 ms to count.
 */
export async function up(db: Database): Promise<void> {
  await db.schema
    .createIndex('invocations_pending_of_session')
    .on('action_invocations')
    .columns(['organization_id', 'session_id', 'expires_at'])
    .where(sql.ref('status'), '=', sql.lit('pending'))
    .execute();
}
