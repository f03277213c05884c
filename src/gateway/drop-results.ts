import {
  type Dropped,
  dropKeptResults,
  type KeptResult,
  listResultsBeyond,
  listResultsUntil,
  listRevokedResults,
  upTo,
} from '../store/kept-results.ts';
import type { Gateway } from './gateway.ts';

/** Whole results that are dropped in one transaction: others are to wait no longer than for that. */
const resultsAtOnce = 250;
/** What those come to, bytes. */
const mostBytes = 2 * 1024 * 1024;
/** Transactions of one kind in a round, which is enough for all that a session may keep; the next round goes on. */
const transactionsInRound = 40;

type Find = (gateway: Gateway) => Promise<KeptResult[]>;

/** What is to be dropped, the oldest first, by why. */
const finds: Readonly<Record<Dropped, Find>> = {
  revoked: ({ store }) => listRevokedResults(store.db, resultsAtOnce),
  age: ({ store, clock, limits }) => listResultsUntil(store.db, clock() - limits.keptMs, resultsAtOnce),
  room: ({ store, limits }) => listResultsBeyond(store.db, limits.keptBytes, resultsAtOnce),
};

/**
 * Drops whole results: of sessions that were revoked, of yesterday, and the oldest where all together come to too much. So many
 * at a time, and no longer than a round. Returns how many.
 */
export async function dropResults(gateway: Gateway): Promise<number> {
  let dropped = 0;
  // What must go anyhow makes room.
  for (const why of ['revoked', 'age', 'room'] as const) dropped += await drop(gateway, why);
  return dropped;
}

/** The same for what is done already, and does not fail by it: the next round drops what is left. */
export async function dropResultsNow(gateway: Gateway): Promise<void> {
  try {
    await dropResults(gateway);
  } catch (error) {
    gateway.log.error({ err: error }, 'kept results could not be dropped, and will be tried again');
  }
}

async function drop(gateway: Gateway, why: Dropped): Promise<number> {
  let dropped = 0;
  for (let transactions = 0; transactions < transactionsInRound; transactions++) {
    const rows = upTo(await finds[why](gateway), mostBytes);
    if (rows.length === 0) break;
    await gateway.store.write((tx) => dropKeptResults(tx, rows, why), 'committed');
    dropped += rows.length;
  }
  return dropped;
}
