import { sql } from 'kysely';
import type { Database } from '../engine/database.ts';

/**
 * What the history finds by status and by source, at any depth. Most invocations complete: those are in no index by status,
 * so that an allowed one, from its request to its end, pays for one more entry (its source's) and no more.
 */
export async function up(db: Database): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('action_invocations');
  await index('invocations_not_completed')
    .columns(['organization_id', 'status', 'id'])
    .where(sql.ref('status'), 'in', sql`('denied', 'failed', 'expired')`)
    .execute();
  await index('invocations_by_source').columns(['organization_id', 'source_id', 'id']).execute();
}
