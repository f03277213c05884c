import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Between two checkpoints of the write-ahead log, so that the database's own file holds what is older. */
const checkpointMs = 30_000;

/**
 * Copies what is in the write-ahead log into the database's own file from time to time, between two transactions; where nothing
 * was written since, that is next to nothing. SQLite does it by itself only when a thousand pages are in the log, and a small
 * database would be in the log alone. How a commit becomes durable is not changed by it: a checkpoint syncs the log before it
 * copies, and the file before the log begins anew.
 */
export function keepCheckpointing(db: Database): { end(): Promise<void> } {
  const timer = setInterval(() => {
    // One that fails leaves everything in the log, where it is as safe; the next one tries again.
    void sql`pragma wal_checkpoint(passive)`.execute(db).catch(() => undefined);
  }, checkpointMs);
  timer.unref();
  return {
    /** Empties the log, unless somebody reads from it for longer than a lock is waited for. */
    end: async () => {
      clearInterval(timer);
      await sql`pragma wal_checkpoint(truncate)`.execute(db).catch(() => undefined);
    },
  };
}
