import { messageOf } from '../../lib/errors.ts';
import { Secret } from '../../lib/secret.ts';
import { recordableText } from '../../policy/record.ts';
import { VendorFault, vendorSentence } from '../../sources/vendor-fault.ts';
import { findInvocation } from '../../store/invocations.ts';
import { claimDue, type DeliveryOutcome, findTarget, recordOutcome } from '../../store/notifications.ts';
import type { DeliveryRow, NotificationTargetRow } from '../../store/tables.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { postToSlack } from './slack.ts';
import { webhookSealContext } from './targets.ts';
import { type Announcement, postWebhook } from './webhook.ts';

export interface DeliveryOptions {
  /** Origin under which people reach the gateway. */
  readonly publicUrl: () => string;
}

/** How long after a failed attempt the next one is made, in milliseconds; after the last one it has failed. */
const pausesMs = [2_000, 10_000, 30_000, 90_000];
/** How long an attempt may take before another gateway may make it. */
const leaseMs = 30_000;
/** Deliveries that are made at a time. */
const atOnce = 10;

/** Announces what is due, and says how many that were. */
export async function deliverDue(gateway: Gateway, options: DeliveryOptions): Promise<number> {
  const now = gateway.clock();
  const due = await gateway.store.write((tx) => claimDue(tx, now, now + leaseMs, atOnce));
  await Promise.all(
    due.map((delivery) =>
      deliver(gateway, delivery, options).catch((error: unknown) =>
        gateway.log.error({ err: error, deliveryId: delivery.id }, 'an announcement could not be recorded'),
      ),
    ),
  );
  return due.length;
}

async function deliver(gateway: Gateway, delivery: DeliveryRow, options: DeliveryOptions): Promise<void> {
  const outcome = await attempt(gateway, delivery, options);
  await gateway.store.write((tx) => recordOutcome(tx, delivery, outcome));
  gateway.log.info(
    { deliveryId: delivery.id, status: outcome.status, attempts: delivery.attempts },
    'announced',
  );
}

async function attempt(
  gateway: Gateway,
  delivery: DeliveryRow,
  options: DeliveryOptions,
): Promise<DeliveryOutcome> {
  const ended = () => ({ next_attempt_at: null, ended_at: gateway.clock() });
  // The process that made the last one died before it could say how it went.
  if (delivery.attempts > pausesMs.length + 1)
    return { status: 'failed', error: 'No attempt came to an end.', ...ended() };
  try {
    const isDone = await announce(gateway, delivery, options);
    return { status: isDone ? 'delivered' : 'obsolete', error: null, ...ended() };
  } catch (error) {
    if (error instanceof VendorFault && error.code === 'stopped')
      return { status: 'pending', error: null, next_attempt_at: gateway.clock(), ended_at: null };
    const pause = pausesMs[delivery.attempts - 1];
    const text = recordableText(sentence(error), []);
    if (pause === undefined) return { status: 'failed', error: text, ...ended() };
    return { status: 'pending', error: text, next_attempt_at: gateway.clock() + pause, ended_at: null };
  }
}

/** Whether there was anything left to announce, and anybody to tell. */
async function announce(
  gateway: Gateway,
  delivery: DeliveryRow,
  { publicUrl }: DeliveryOptions,
): Promise<boolean> {
  const { db } = gateway.store;
  const [target, row] = await Promise.all([
    findTarget(db, delivery.target_id),
    findInvocation(db, delivery.organization_id, delivery.invocation_id),
  ]);
  if (target === undefined || row?.status !== 'pending') return false;
  if (row.expires_at !== null && row.expires_at <= gateway.clock()) return false;
  const invocation = toInvocation(row);
  await post(gateway, target, { id: delivery.id, invocation, link: `${publicUrl()}/inbox/${invocation.id}` });
  return true;
}

async function post(
  gateway: Gateway,
  target: NotificationTargetRow,
  announcement: Announcement,
): Promise<void> {
  if (target.kind === 'slack') return postToSlack(gateway, target, announcement);
  const sealed = target.sealed_secret ?? '';
  return postWebhook(announcement, {
    url: target.target,
    secret: new Secret(gateway.sealer.open(sealed, webhookSealContext(target.id))),
    allowPrivateAddresses: gateway.connectorAccess.allowPrivateAddresses,
    now: gateway.clock(),
    // A stop does not wait for it: it is made again.
    signal: gateway.stopping.signal,
  });
}

function sentence(error: unknown): string {
  return error instanceof VendorFault ? vendorSentence(error, 'The webhook', false) : messageOf(error);
}
