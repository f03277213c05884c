import type { Status } from '../contract/invocation.ts';
import { type Database, lockRow } from './database.ts';
import { prepared } from './prepared.ts';
import type { InvocationRow } from './tables.ts';

/*
 * The rows of `action_invocations`, which are never deleted. Each transition is one conditional update:
 * of two that race, one changes the row and the other finds nothing to change.
 *
 *   pending ──► approved ──► executing ──► completed | failed
 *      └──► denied | expired
 */

/** What ends with every final status: the exact params and the gateway's hold on the row. */
const released = { params_sealed: null, gateway_id: null, lease_expires_at: null };

export interface Lease {
  readonly gatewayId: string;
  readonly expiresAt: number;
}

const day = 24 * 3600 * 1000;

/**
 * Adds a row; `null` where the session already holds one under the same idempotency key (unique for 24 h).
 * Milliseconds throughout.
 */
export async function insertInvocation(tx: Database, row: InvocationRow): Promise<InvocationRow | null> {
  if (row.idempotency_key !== null)
    await freeOldKey(tx, row.session_id, row.idempotency_key, row.created_at - day);
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
    } satisfies InvocationRow)
    .onConflict((conflict) => conflict.doNothing()),
);

async function freeOldKey(tx: Database, sessionId: string, key: string, before: number): Promise<void> {
  await tx
    .updateTable('action_invocations')
    .set({ idempotency_key: null })
    .where('session_id', '=', sessionId)
    .where('idempotency_key', '=', key)
    .where('created_at', '<=', before)
    .execute();
}

/** How many of a session's invocations wait for a person; exact for the rest of the transaction. */
export async function countPendingOfSession(tx: Database, sessionId: string, now: number): Promise<number> {
  await lockRow(tx, 'agent_sessions', sessionId);
  const { count } = await tx
    .selectFrom('action_invocations')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('session_id', '=', sessionId)
    .where('status', '=', 'pending')
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
    .where('status', '=', 'pending')
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
  now: number,
): Promise<InvocationRow | undefined> {
  return db
    .selectFrom('action_invocations')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('idempotency_key', '=', key)
    .where('created_at', '>', now - day)
    .executeTakeFirst();
}

/** A person's yes. Not after `expires_at`, whether or not the sweep has been by. */
export async function approvePending(
  tx: Database,
  id: string,
  by: string,
  now: number,
  lease: Lease,
): Promise<InvocationRow | undefined> {
  return tx
    .updateTable('action_invocations')
    .set({
      status: 'approved',
      decided_by: by,
      decided_at: now,
      gateway_id: lease.gatewayId,
      lease_expires_at: lease.expiresAt,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
}

export async function denyPending(
  tx: Database,
  id: string,
  by: string,
  now: number,
  reason: string | null,
): Promise<InvocationRow | undefined> {
  return tx
    .updateTable('action_invocations')
    .set({
      status: 'denied',
      decided_by: by,
      decided_at: now,
      completed_at: now,
      denied_reason: reason,
      ...released,
    })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
}

/**
 * The step after which the action may have happened: on the disk before the source is asked.
 * Answers what has changed in the row, `undefined` where it was not this gateway's to start.
 */
export async function startExecuting(
  tx: Database,
  id: string,
  now: number,
  lease: Lease,
): Promise<Partial<InvocationRow> | undefined> {
  const change = { status: 'executing', started_at: now, lease_expires_at: lease.expiresAt } as const;
  const { numAffectedRows } = await startOne(tx, { ...change, id, gatewayId: lease.gatewayId });
  return numAffectedRows === 1n ? change : undefined;
}

const startOne = prepared(
  (
    tx,
    to: { id: string; gatewayId: string } & Pick<InvocationRow, 'status' | 'started_at' | 'lease_expires_at'>,
  ) =>
    tx
      .updateTable('action_invocations')
      .set({ status: to.status, started_at: to.started_at, lease_expires_at: to.lease_expires_at })
      .where('id', '=', to.id)
      .where('status', '=', 'approved')
      .where('gateway_id', '=', to.gatewayId),
);

export type Ending =
  | { readonly status: 'completed'; readonly result: string }
  | { readonly status: 'failed'; readonly error: string };

/** Answers as `startExecuting`. */
export async function endExecuting(
  tx: Database,
  id: string,
  now: number,
  gatewayId: string,
  ending: Ending,
): Promise<Partial<InvocationRow> | undefined> {
  const change = { result: null, error: null, ...ending, completed_at: now, ...released };
  const { numAffectedRows } = await endOne(tx, { ...change, id, gatewayId });
  return numAffectedRows === 1n ? change : undefined;
}

const endOne = prepared(
  (
    tx,
    to: { id: string; gatewayId: string } & Pick<
      InvocationRow,
      'status' | 'result' | 'error' | 'completed_at'
    >,
  ) =>
    tx
      .updateTable('action_invocations')
      .set({
        status: to.status,
        result: to.result,
        error: to.error,
        completed_at: to.completed_at,
        ...released,
      })
      .where('id', '=', to.id)
      .where('status', '=', 'executing')
      .where('gateway_id', '=', to.gatewayId),
);

/** Ends what waited too long; `id` narrows it to one. */
export async function expirePending(tx: Database, now: number, id?: string): Promise<InvocationRow[]> {
  return tx
    .updateTable('action_invocations')
    .set({ status: 'expired', completed_at: now, ...released })
    .where('status', '=', 'pending')
    .where('expires_at', '<=', now)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .returningAll()
    .execute();
}

/** Keeps a gateway's hold on everything it has under way. */
export async function renewLeases(tx: Database, lease: Lease): Promise<void> {
  await tx
    .updateTable('action_invocations')
    .set({ lease_expires_at: lease.expiresAt })
    .where('status', 'in', ['approved', 'executing'])
    .where('gateway_id', '=', lease.gatewayId)
    .execute();
}

const interruptions = {
  approved: 'interrupted_before_execution',
  executing: 'interrupted_outcome_unknown',
} as const satisfies Partial<Record<Status, string>>;

/**
 * Ends what a gateway left behind: rows whose lease ran out, or, with `othersThan`, every row that is not that gateway's.
 * Nothing is run again: an approved row certainly did not run, of an executing one nobody can know.
 */
export async function failAbandoned(
  tx: Database,
  now: number,
  scope: { readonly othersThan?: string } = {},
): Promise<InvocationRow[]> {
  const ended: InvocationRow[] = [];
  for (const status of ['approved', 'executing'] as const) {
    const update = tx
      .updateTable('action_invocations')
      .set({ status: 'failed', error: interruptions[status], completed_at: now, ...released })
      .where('status', '=', status);
    const abandoned =
      scope.othersThan === undefined
        ? update.where('lease_expires_at', '<=', now)
        : update.where('gateway_id', '!=', scope.othersThan);
    ended.push(...(await abandoned.returningAll().execute()));
  }
  return ended;
}

/** What revoked sessions had waiting. */
export async function denyPendingOfSessions(
  tx: Database,
  sessionIds: readonly string[],
  by: string,
  now: number,
  reason: string,
): Promise<InvocationRow[]> {
  if (sessionIds.length === 0) return [];
  return tx
    .updateTable('action_invocations')
    .set({
      status: 'denied',
      decided_by: by,
      decided_at: now,
      completed_at: now,
      denied_reason: reason,
      ...released,
    })
    .where('session_id', 'in', sessionIds)
    .where('status', '=', 'pending')
    .returningAll()
    .execute();
}
