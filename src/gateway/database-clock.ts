import type { Clock } from '../lib/clock.ts';

/** A reading that took longer than this says too little, unless there is none. */
const slowMs = 500;

/** The time by which all gateways on one database go. */
export interface DatabaseClock {
  readonly now: Clock;
  /** Reads the database's time anew; what it threw is the caller's to log: the time goes on from the last reading. */
  readonly sync: () => Promise<void>;
}

/**
 * The clock of the database's machine, read once now and again at each `sync`. In between the time goes on by what has passed
 * here, and not by this machine's clock: that may be wrong, and somebody may set it.
 */
export async function databaseClock(
  read: () => Promise<number>,
  elapsed: () => number = () => performance.now(),
): Promise<DatabaseClock> {
  let offset = await offsetNow(Number.POSITIVE_INFINITY);
  async function offsetNow(slow: number): Promise<number> {
    const asked = elapsed();
    const time = await read();
    const took = elapsed() - asked;
    // The answer was made somewhere between.
    return took > slow ? offset : time - asked - took / 2;
  }
  return {
    now: () => Math.round(elapsed() + offset),
    sync: async () => {
      offset = await offsetNow(slowMs);
    },
  };
}
