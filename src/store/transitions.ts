import type { Status } from '../contract/invocation.ts';
import type { Database } from './engine/database.ts';
import { prepared } from './engine/prepared.ts';
import { isPending } from './invocations.ts';
import type { InvocationRow } from './tables.ts';

/*
 * The states of an invocation's row; rows are never deleted. Each transition is one conditional update:
 * of two that race, one changes the row and the other finds nothing to change.
 *
 *   pending ──► approved ──► executing ──► completed | failed
 *      └──► denied | expired
 */

/** What every final status clears: the exact params, and the gateway's lease on the row. */
const released = { params_sealed: null, gateway_id: null, lease_expires_at: null };

export interface Lease {
  readonly gatewayId: string;
  readonly expiresAt: number;
}

/** A person has approved it. */
export async function approvePending(
  tx: Database,
  id: string,
  by: string,
  now: number,
  lease: Lease,
): Promise<InvocationRow | undefined> {
  const held = { gateway_id: lease.gatewayId, lease_expires_at: lease.expiresAt };
  return decide(tx, id, by, now, { status: 'approved', ...held });
}

/** By a person, or by policy, which is nobody. */
export async function denyPending(
  tx: Database,
  id: string,
  by: string | null,
  now: number,
  reason: string,
): Promise<InvocationRow | undefined> {
  return decide(tx, id, by, now, { status: 'denied', completed_at: now, denied_reason: reason, ...released });
}

/** Not after `expires_at`, whether or not the sweep has already ended the row. */
async function decide(
  tx: Database,
  id: string,
  by: string | null,
  now: number,
  change: Partial<InvocationRow>,
): Promise<InvocationRow | undefined> {
  return tx
    .updateTable('action_invocations')
    .set({ ...change, decided_by: by, decided_at: now })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
}

/**
 * After this step the action may have happened, so it is on the disk before the source is called.
 * Returns what has changed in the row; `undefined` if this gateway may not start it.
 */
export async function startExecuting(
  tx: Database,
  id: string,
  now: number,
  gatewayId: string,
): Promise<Partial<InvocationRow> | undefined> {
  const change = { status: 'executing', started_at: now } as const;
  const { numAffectedRows } = await startOne(tx, { ...change, id, gatewayId });
  return numAffectedRows === 1n ? change : undefined;
}

const startOne = prepared(
  (tx, to: { id: string; gatewayId: string } & Pick<InvocationRow, 'status' | 'started_at'>) =>
    tx
      .updateTable('action_invocations')
      .set({ status: to.status, started_at: to.started_at })
      .where('id', '=', to.id)
      .where('status', '=', 'approved')
      .where('gateway_id', '=', to.gatewayId),
);

export type Ending =
  | { readonly status: 'completed'; readonly result: string }
  /** With a result where the source answered, and said itself that it failed. */
  | { readonly status: 'failed'; readonly error: string; readonly result?: string };

/** Returns the same as `startExecuting`. */
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

/** Expires the rows that have waited too long; with `id`, only that one. */
export async function expirePending(tx: Database, now: number, id?: string): Promise<InvocationRow[]> {
  return tx
    .updateTable('action_invocations')
    .set({ status: 'expired', completed_at: now, ...released })
    .where(isPending)
    .where('expires_at', '<=', now)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .returningAll()
    .execute();
}

/** Renews a gateway's leases on the rows that it is executing, and on no others: a row that it has lost ends with its lease. */
export async function renewLeases(tx: Database, lease: Lease, ids: readonly string[]): Promise<void> {
  await tx
    .updateTable('action_invocations')
    .set({ lease_expires_at: lease.expiresAt })
    .where('id', 'in', ids)
    .where('status', '=', 'executing')
    .where('gateway_id', '=', lease.gatewayId)
    .execute();
}

const interruptions = {
  approved: 'interrupted_before_execution',
  executing: 'interrupted_outcome_unknown',
} as const satisfies Partial<Record<Status, string>>;

/**
 * Ends the rows that a gateway left behind: those whose lease has expired, or, with `othersThan`, all rows of other gateways.
 * Nothing is run again: an approved row has certainly not run; an executing one may have.
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
        : update.where('lease_expires_at', 'is not', null).where('gateway_id', '!=', scope.othersThan);
    ended.push(...(await abandoned.returningAll().execute()));
  }
  return ended;
}

/** The pending rows of revoked sessions. */
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
