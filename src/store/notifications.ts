import { sql } from 'kysely';
import type { Database } from './engine/database.ts';
import type { DeliveryRow, NotificationTargetRow } from './tables.ts';

/** `null` if there already is such a target. */
export async function insertTarget(
  tx: Database,
  row: NotificationTargetRow,
): Promise<NotificationTargetRow | null> {
  const inserted = await tx
    .insertInto('notification_targets')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization_id', 'kind', 'target']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return inserted ?? null;
}

export async function listTargets(db: Database, organizationId: string): Promise<NotificationTargetRow[]> {
  return db
    .selectFrom('notification_targets')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id')
    .execute();
}

export async function findTarget(db: Database, id: string): Promise<NotificationTargetRow | undefined> {
  return db.selectFrom('notification_targets').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function deleteTarget(tx: Database, organizationId: string, id: string): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('notification_targets')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return deleted !== undefined;
}

export async function insertDeliveries(tx: Database, rows: readonly DeliveryRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('notification_deliveries')
      .values([...rows])
      .execute();
}

/**
 * Reserves what is due for this gateway until `until`: if the gateway dies, another one takes it then. Of two gateways that ask
 * at the same time, the second finds the later time.
 */
export async function claimDue(
  tx: Database,
  now: number,
  until: number,
  limit: number,
): Promise<DeliveryRow[]> {
  const due = tx
    .selectFrom('notification_deliveries')
    .select('id')
    // The engines use the partial index only if the query has the literal.
    .where(sql<boolean>`status = 'pending'`)
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(limit);
  return tx
    .updateTable('notification_deliveries')
    .set((row) => ({ attempts: row('attempts', '+', 1), next_attempt_at: until }))
    .where('id', 'in', due)
    .where('status', '=', 'pending')
    .where('next_attempt_at', '<=', now)
    .returningAll()
    .execute();
}

export type DeliveryOutcome = Pick<DeliveryRow, 'status' | 'error' | 'next_attempt_at' | 'ended_at'>;

/** Changes the row only while this attempt is the latest: a gateway that took too long finds the attempt of another one. */
export async function recordOutcome(
  tx: Database,
  { id, attempts }: Pick<DeliveryRow, 'id' | 'attempts'>,
  outcome: DeliveryOutcome,
): Promise<void> {
  await tx
    .updateTable('notification_deliveries')
    .set(outcome)
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .where('status', '=', 'pending')
    .execute();
}

/** Newest first; `before` is an id. */
export async function listDeliveries(
  db: Database,
  organizationId: string,
  limit: number,
  before: string | undefined,
): Promise<DeliveryRow[]> {
  let query = db
    .selectFrom('notification_deliveries')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  return query.execute();
}
