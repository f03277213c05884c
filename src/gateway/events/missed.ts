import { longestConnectorMs } from '../../contract/connectors.ts';
import type { Event } from '../../contract/events.ts';
import { listChanges } from '../../store/history/list-changes.ts';
import { eventOf } from '../event-of.ts';
import type { Gateway } from '../gateway.ts';
import { happenedAt } from './cursor.ts';
import type { EventScope } from './subscribe.ts';

/**
 * A row's moment is taken before its transaction commits, on the clock of its gateway: one with an earlier moment may be
 * seen later, by as long as a statement can take in PostgreSQL (`store/engine/postgres`), and as clocks differ.
 */
const disorderMs = 30_000;

/**
 * What has happened in the scope since a moment (ms), and a little before it, oldest first: the last event of each
 * invocation, which stands for those before. `undefined` where that is more than is told.
 */
export async function missedSince(
  gateway: Gateway,
  scope: EventScope,
  since: number,
): Promise<Event[] | undefined> {
  const { replayEvents, pendingExpiryMs, executionMs, leaseMs } = gateway.limits;
  const rows = await listChanges(gateway.store.db, {
    ...scope,
    since: since - disorderMs,
    // Until its expiry or its approval, its execution, and what the sweep takes to find that its gateway died.
    lifeMs: pendingExpiryMs + Math.max(executionMs, longestConnectorMs) + leaseMs + disorderMs,
    limit: replayEvents + 1,
  });
  if (rows.length > replayEvents) return undefined;
  return rows
    .map(eventOf)
    .filter((event) => event !== undefined)
    .toSorted((a, b) => happenedAt(a) - happenedAt(b));
}
