import { sql } from 'kysely';
import type { Write } from './database.ts';

/** How long what a probe of the database has found is believed. */
const probeMs = 1_000;

/**
 * Writes a row, and takes it away again: only a real write tells a full disk from one with room. Setting what is set already would
 * be none, since SQLite compares before it writes.
 */
export async function writeNothing(write: Write): Promise<void> {
  await write(async (tx) => {
    await sql`insert into kysely_migration_lock (id, is_locked) values ('probe', 0)`.execute(tx);
    await sql`delete from kysely_migration_lock where id = 'probe'`.execute(tx);
  });
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
