import { sql } from 'kysely';
import type { Database } from './engine/database.ts';
import { prepared } from './engine/prepared.ts';

export interface InvokeWindow {
  readonly startedAt: number;
  /** This invoke included. */
  readonly count: number;
}

/**
 * Counts one more invoke of a session in its window of `windowMs`, which begins with the first invoke after the last one
 * ended, or after the clock was set back by more than a window: invokes at the same moment do not come here in the order in
 * which they read the clock. One statement, so that the count is exact however many gateways ask at once.
 */
export async function countInvoke(
  tx: Database,
  sessionId: string,
  now: number,
  windowMs: number,
): Promise<InvokeWindow> {
  const { rows } = await countOne(tx, { sessionId, now, windowMs });
  const [row] = rows;
  if (row === undefined) throw new TypeError('an upsert returns its row');
  return { startedAt: row.started_at, count: row.count };
}

const countOne = prepared(
  (tx, { sessionId, now, windowMs }: { sessionId: string; now: number; windowMs: number }) => {
    const over = sql<boolean>`invoke_windows.started_at + ${windowMs} <= excluded.started_at
      or invoke_windows.started_at > excluded.started_at + ${windowMs}`;
    return tx
      .insertInto('invoke_windows')
      .values({ session_id: sessionId, started_at: now, count: 1 })
      .onConflict((conflict) =>
        conflict.column('session_id').doUpdateSet({
          count: sql`case when ${over} then 1 else invoke_windows.count + 1 end`,
          started_at: sql`case when ${over} then excluded.started_at else invoke_windows.started_at end`,
        }),
      )
      .returning(['started_at', 'count']);
  },
);
