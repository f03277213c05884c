import { newId } from '../../lib/ids.ts';
import type { Database } from '../../store/engine/database.ts';
import { insertDeliveries, listTargets } from '../../store/notifications.ts';
import type { InvocationRow } from '../../store/tables.ts';

/** In the transaction that makes the row wait: an approval that is on record is announced, whatever happens next. */
export async function enqueueAnnouncements(tx: Database, invocation: InvocationRow): Promise<void> {
  const targets = await listTargets(tx, invocation.organization_id);
  const rows = targets.map((target) => ({
    id: newId(),
    organization_id: invocation.organization_id,
    target_id: target.id,
    invocation_id: invocation.id,
    status: 'pending' as const,
    attempts: 0,
    next_attempt_at: invocation.created_at,
    error: null,
    created_at: invocation.created_at,
    ended_at: null,
  }));
  await insertDeliveries(tx, rows);
}
