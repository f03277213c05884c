import type { Database } from '../engine/database.ts';
import { isPending } from '../is-pending.ts';
import type { InvocationRow } from '../tables.ts';
import { firstIdAt } from './id-times.ts';

export interface ChangeFilter {
  readonly organizationId: string;
  readonly sessionId?: string | undefined;
  /** What has come to wait, or has ended, from this moment on; milliseconds. */
  readonly since: number;
  /** How long a row can be on its way to a final status, ms. */
  readonly lifeMs: number;
  readonly limit: number;
}

/**
 * Rows in the order of their creation. No index is kept for this, which every write would pay for: ids begin with their
 * time, and what was not over at `since` cannot be older than a row's life, so that the keys of the lists are enough.
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

/** Those of the ids that are there, in any order. */
export async function findInvocations(db: Database, ids: readonly string[]): Promise<InvocationRow[]> {
  return db.selectFrom('action_invocations').selectAll().where('id', 'in', ids).execute();
}
