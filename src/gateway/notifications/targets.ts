import { randomBytes } from 'node:crypto';
import type { Delivery, NotificationBody, NotificationTarget } from '../../contract/notifications.ts';
import { isoTime, isoTimeOrNull } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import { Secret } from '../../lib/secret.ts';
import * as store from '../../store/notifications.ts';
import type { DeliveryRow, NotificationTargetRow } from '../../store/tables.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** Targets of an organization: each is told of each approval, and one that is slow holds the others up. */
const mostTargets = 10;

/** The place a webhook's secret belongs to, which its ciphertext is bound to. */
export function webhookSealContext(targetId: string): string {
  return `webhook:${targetId}`;
}

/** Throws `conflict` where it is there already, or where the organization has as many as it may. The secret is given out this once. */
export async function addNotification(
  gateway: Gateway,
  caller: AdminCaller,
  { kind, target }: NotificationBody,
): Promise<{ notification: NotificationTarget; secret: Secret | null }> {
  const id = newId();
  const secret = kind === 'webhook' ? new Secret(`whsec_${randomBytes(32).toString('base64url')}`) : null;
  const row: NotificationTargetRow = {
    id,
    organization_id: caller.organizationId,
    kind,
    target,
    sealed_secret: secret && gateway.sealer.seal(secret.reveal(), webhookSealContext(id)),
    created_by: caller.userId,
    created_at: gateway.clock(),
  };
  const stored = await gateway.store.write(async (tx) => {
    if ((await store.listTargets(tx, row.organization_id)).length >= mostTargets)
      throw new GatewayError('conflict', `There are ${mostTargets} already. Remove one first.`);
    return store.insertTarget(tx, row);
  });
  if (stored === null) throw new GatewayError('conflict', `${target} is told already.`);
  gateway.log.info({ by: caller.userId, kind, notificationId: id }, 'notification added');
  return { notification: toTarget(stored), secret };
}

export async function listNotifications(
  gateway: Gateway,
  caller: AdminCaller,
): Promise<NotificationTarget[]> {
  return (await store.listTargets(gateway.store.db, caller.organizationId)).map(toTarget);
}

/** Throws `not_found`. What waits for it is dropped. */
export async function removeNotification(gateway: Gateway, caller: AdminCaller, id: string): Promise<void> {
  const deleted = await gateway.store.write((tx) => store.deleteTarget(tx, caller.organizationId, id));
  if (!deleted) throw notFound('notification');
  gateway.log.info({ by: caller.userId, notificationId: id }, 'notification removed');
}

export async function readDeliveries(
  gateway: Gateway,
  caller: AdminCaller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ deliveries: Delivery[]; nextCursor: string | null }> {
  const rows = await store.listDeliveries(gateway.store.db, caller.organizationId, limit + 1, cursor);
  const page = rows.slice(0, limit);
  return {
    deliveries: page.map(toDelivery),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function toTarget(row: NotificationTargetRow): NotificationTarget {
  return { id: row.id, kind: row.kind, target: row.target, createdAt: isoTime(row.created_at) };
}

function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    notificationId: row.target_id,
    invocationId: row.invocation_id,
    status: row.status,
    attempts: row.attempts,
    error: row.error,
    nextAttemptAt: row.status === 'pending' ? isoTimeOrNull(row.next_attempt_at) : null,
    createdAt: isoTime(row.created_at),
    endedAt: isoTimeOrNull(row.ended_at),
  };
}
