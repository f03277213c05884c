import type { Database } from '../engine/database.ts';
import { isPending } from '../invocations.ts';
import type { InvocationRow } from '../tables.ts';
import { firstIdAt } from './filter.ts';

export interface ChangeFilter {
  readonly organizationId: string;
  readonly sessionId?: string | undefined;
  /** Rows that began to wait, or ended, from this moment on; milliseconds. */
  readonly since: number;
  /** How long a row can take to reach a final status, ms. */
  readonly lifeMs: number;
  readonly limit: number;
}

/**
 * Rows in the order of their creation. There is no index for this, because every write would pay for it: ids begin with the
 * time, and a row without a final status at `since` was created at most `lifeMs` before. So the indexes of the lists suffice.
 */
export async function listChanges(db: Database, filter: ChangeFilter): Promise<InvocationRow[]> {
  const { organizationId, sessionId, since, lifeMs, limit } = filter;
  let query = db
    .selectFrom('action_invocations')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '>=', firstIdAt(since - lifeMs))
    .where((row) =>
      row.or([row('completed_at', '>=', since), row.and([isPending, row('created_at', '>=', since)])]),
    )
    .orderBy('id')
    .limit(limit);
  if (sessionId !== undefined) query = query.where('session_id', '=', sessionId);
  return query.execute();
}

/** The rows with these ids, without those that do not exist, in any order. */
export async function findInvocations(db: Database, ids: readonly string[]): Promise<InvocationRow[]> {
  return db.selectFrom('action_invocations').selectAll().where('id', 'in', ids).execute();
}
