import { sql } from 'kysely';
import type { Write } from './database.ts';

/** How long what a probe of the database has found is believed. */
const probeMs = 1_000;

/** Writes a row that stands in every database as it is, on the disk: only a real write tells a full disk from one with room. */
export async function writeNothing(write: Write): Promise<void> {
  await write((tx) => sql`update kysely_migration_lock set is_locked = is_locked`.execute(tx));
}

/** The same for all who ask within a second: anybody may, and each time would be a write. */
export function onceASecond(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> | undefined;
  return () => {
    if (last === undefined) {
      last = work();
      const forget = () => {
        setTimeout(() => {
          last = undefined;
        }, probeMs).unref();
      };
      last.then(forget, forget);
    }
    return last;
  };
}
