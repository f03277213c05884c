import { messageOf } from '../../lib/errors.ts';
import { Secret } from '../../lib/secret.ts';
import { recordableText } from '../../policy/record.ts';
import { VendorFault, vendorSentence } from '../../sources/vendor-fault.ts';
import { findInvocation } from '../../store/invocations.ts';
import { claimDue, type DeliveryOutcome, findTarget, recordOutcome } from '../../store/notifications.ts';
import type { DeliveryRow, NotificationTargetRow } from '../../store/tables.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../wire.ts';
import { postToSlack } from './slack.ts';
import { webhookPlace } from './targets.ts';
import { type Announcement, postWebhook } from './webhook.ts';

export interface DeliveryOptions {
  /** Origin under which people reach the gateway. */
  readonly publicUrl: () => string;
}

/** How long after a failed attempt the next one is made, in milliseconds; after the last one it has failed. */
const pausesMs = [2_000, 10_000, 30_000, 90_000];
/** How long an attempt may take before another gateway may make it. */
const leaseMs = 30_000;
const atOnce = 10;

/** Announces what is due, and says how many that were. */
export async function deliverDue(gateway: Gateway, options: DeliveryOptions): Promise<number> {
  const now = gateway.clock();
  const due = await gateway.store.write((tx) => claimDue(tx, now, now + leaseMs, atOnce));
  await Promise.all(due.map((delivery) => deliver(gateway, delivery, options)));
  return due.length;
}

async function deliver(gateway: Gateway, delivery: DeliveryRow, options: DeliveryOptions): Promise<void> {
  const outcome = await attempt(gateway, delivery, options);
  await gateway.store.write((tx) => recordOutcome(tx, delivery.id, outcome));
  gateway.log.info(
    { deliveryId: delivery.id, status: outcome.status, attempts: delivery.attempts },
    'announced',
  );
}

async function attempt(
  gateway: Gateway,
  delivery: DeliveryRow,
  { publicUrl }: DeliveryOptions,
): Promise<DeliveryOutcome> {
  const { db } = gateway.store;
  const [target, row] = await Promise.all([
    findTarget(db, delivery.target_id),
    findInvocation(db, delivery.organization_id, delivery.invocation_id),
  ]);
  const ended = { next_attempt_at: null, ended_at: gateway.clock() };
  if (target === undefined || row?.status !== 'pending') return { status: 'obsolete', error: null, ...ended };
  const invocation = toInvocation(row);
  const announcement = { id: delivery.id, invocation, link: `${publicUrl()}/inbox#${invocation.id}` };
  try {
    await post(gateway, target, announcement);
    return { status: 'delivered', error: null, ...ended };
  } catch (error) {
    const pause = pausesMs[delivery.attempts - 1];
    const text = recordableText(sentence(error), []);
    if (pause === undefined) return { status: 'failed', error: text, ...ended };
    return { status: 'pending', error: text, next_attempt_at: gateway.clock() + pause, ended_at: null };
  }
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
    secret: new Secret(gateway.sealer.open(sealed, webhookPlace(target.id))),
    allowPrivateAddresses: gateway.policies.allowPrivateAddresses,
    now: gateway.clock(),
    // A stop does not wait for it: it is made again.
    signal: gateway.stopping.signal,
  });
}

function sentence(error: unknown): string {
  return error instanceof VendorFault ? vendorSentence(error, 'The webhook', false) : messageOf(error);
}
