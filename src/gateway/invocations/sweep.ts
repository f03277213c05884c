import type { Database } from '../../store/engine/database.ts';
import type { InvocationRow } from '../../store/tables.ts';
import { expirePending, failAbandoned, renewLeases } from '../../store/transitions.ts';
import { announceCompleted, announceNotApproved } from '../announce.ts';
import { dropResults } from '../drop-results.ts';
import type { Gateway } from '../gateway.ts';
import { pruneSignIn } from '../people/prune-sign-in.ts';
import { toInvocation } from '../to-invocation.ts';
import { dropOldHashes } from './drop-hashes.ts';
import { leaseOf } from './lease.ts';

/** Ends what waited too long. */
export async function expire(gateway: Gateway): Promise<number> {
  const ended = await sweep(gateway, (tx) => expirePending(tx, gateway.clock()));
  for (const row of ended) announceNotApproved(gateway, toInvocation(row));
  return ended.length;
}

/**
 * Ends what a gateway left behind when it died. `alone` says that no other gateway can be at work on this database,
 * so that nobody's lease need be waited for.
 */
export async function recover(gateway: Gateway, { alone }: { alone: boolean }): Promise<number> {
  const scope = alone ? { othersThan: gateway.id } : {};
  const ended = await sweep(gateway, (tx) => failAbandoned(tx, gateway.clock(), scope));
  for (const row of ended) announceCompleted(gateway, toInvocation(row));
  return ended.length;
}

/** Does all of it every `everyMs`, until the signal aborts. A round that fails is logged; one that is slow is waited for. */
export function keepHouse(gateway: Gateway, everyMs: number, signal: AbortSignal): void {
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    void round(gateway).finally(() => {
      isBusy = false;
    });
  }, everyMs);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

async function round(gateway: Gateway): Promise<void> {
  try {
    await gateway.syncClock();
    const ids = [...gateway.underWay.keys()];
    if (ids.length > 0) await gateway.store.write((tx) => renewLeases(tx, leaseOf(gateway), ids));
    await expire(gateway);
    await recover(gateway, { alone: false });
    await dropOldHashes(gateway);
    await dropResults(gateway);
    await pruneSignIn(gateway);
    await gateway.refusals.flush();
    await gateway.uses.flush(gateway.clock());
  } catch (error) {
    gateway.log.error({ err: error }, 'housekeeping failed, and will be tried again');
  }
}

async function sweep(
  gateway: Gateway,
  work: (tx: Database) => Promise<InvocationRow[]>,
): Promise<InvocationRow[]> {
  const ended = await gateway.store.write(work);
  if (ended.length > 0) gateway.log.info({ count: ended.length, status: ended[0]?.status }, 'swept');
  return ended;
}
