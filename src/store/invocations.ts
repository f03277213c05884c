import { sql } from 'kysely';
import type { Database } from './engine/database.ts';
import { prepared } from './engine/prepared.ts';
import type { InvocationRow } from './tables.ts';

/**
 * Compares with a literal and not with a parameter: only then do the engines use the small partial index of pending rows
 * instead of reading all rows.
 */
export const isPending = sql<boolean>`status = 'pending'`;

/** Adds a row; `null` if the session already has one under the same idempotency key. Milliseconds throughout. */
export async function insertInvocation(tx: Database, row: InvocationRow): Promise<InvocationRow | null> {
  const { numAffectedRows } = await insertOne(tx, row);
  return numAffectedRows === 1n ? row : null;
}

const insertOne = prepared((tx, row: InvocationRow) =>
  tx
    .insertInto('action_invocations')
    .values({
      id: row.id,
      organization_id: row.organization_id,
      session_id: row.session_id,
      automation_id: row.automation_id,
      source_id: row.source_id,
      action_id: row.action_id,
      risk_level: row.risk_level,
      mode: row.mode,
      mode_source: row.mode_source,
      status: row.status,
      params: row.params,
      params_sealed: row.params_sealed,
      result: row.result,
      error: row.error,
      denied_reason: row.denied_reason,
      expires_at: row.expires_at,
      decided_by: row.decided_by,
      decided_at: row.decided_at,
      created_at: row.created_at,
      started_at: row.started_at,
      completed_at: row.completed_at,
      gateway_id: row.gateway_id,
      lease_expires_at: row.lease_expires_at,
      idempotency_key: row.idempotency_key,
      request_hash: row.request_hash,
      target_hash: row.target_hash,
    } satisfies InvocationRow)
    .onConflict((conflict) => conflict.doNothing()),
);

/** How many of a session's invocations wait for a person; exact while the session's row is locked. */
export async function countPendingOfSession(
  tx: Database,
  { organization_id, session_id }: Pick<InvocationRow, 'organization_id' | 'session_id'>,
  now: number,
): Promise<number> {
  const { count } = await tx
    .selectFrom('action_invocations')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organization_id)
    .where('session_id', '=', session_id)
    .where(isPending)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}

export async function countPendingOfOrganization(
  db: Database,
  organizationId: string,
  now: number,
): Promise<number> {
  const { count } = await db
    .selectFrom('action_invocations')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organizationId)
    .where(isPending)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}

export async function findInvocation(
  db: Database,
  organizationId: string,
  id: string,
): Promise<InvocationRow | undefined> {
  return db
    .selectFrom('action_invocations')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst();
}

export async function findByIdempotencyKey(
  db: Database,
  sessionId: string,
  key: string,
): Promise<InvocationRow | undefined> {
  return db
    .selectFrom('action_invocations')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** Compares with no parameter, as `isPending`: only so the index of the few rows that have one serves. */
const hasRequestHash = sql<boolean>`request_hash is not null`;

/** Rows made at `until` or before that still have the hash of their request, the oldest first, `most` of them. */
export async function listHashedUntil(db: Database, until: number, most: number): Promise<string[]> {
  const rows = await db
    .selectFrom('action_invocations')
    .select('id')
    .where(hasRequestHash)
    .where('created_at', '<=', until)
    .orderBy('created_at')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
}

export async function dropRequestHashes(tx: Database, ids: readonly string[]): Promise<void> {
  await tx.updateTable('action_invocations').set({ request_hash: null }).where('id', 'in', ids).execute();
}
