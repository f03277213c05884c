import { deleteExpired, endings, hasExpired } from '../../store/expired.ts';
import type { Gateway } from '../gateway.ts';

/** Rows of signing in that are deleted in one transaction: others are to wait no longer than for that. */
const rowsAtOnce = 500;
/** Transactions for one table in a round; the next round goes on. */
const transactionsInRound = 20;

/** How long a row of signing in stays after it is over: who comes late with a code is told that it has expired. */
const lateMs = 3600 * 1000;

/**
 * Deletes what is over of signing in: counts of tries, one-time links, browser sessions, challenges and states under way, codes
 * of the device login. So many at a time, and no longer than a round. Returns how many.
 */
export async function pruneSignIn({ store, clock }: Gateway): Promise<number> {
  let deleted = 0;
  const until = clock() - lateMs;
  for (const table of endings) {
    for (let transactions = 0; transactions < transactionsInRound; transactions++) {
      if (!(await hasExpired(store.db, table, until))) break;
      const count = await store.write((tx) => deleteExpired(tx, table, until, rowsAtOnce), 'committed');
      if (count === 0) break;
      deleted += count;
    }
  }
  return deleted;
}
