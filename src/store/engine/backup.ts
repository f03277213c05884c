import { chmodSync, renameSync, rmSync } from 'node:fs';
import { sql } from 'kysely';
import { messageOf } from '../../lib/errors.ts';
import { StoreError } from '../errors.ts';
import type { Database } from './database.ts';
import { pendingMigrations } from './migrate.ts';

/**
 * Copies an embedded database that is about to be migrated to `<path>.before-<migration>`, readable by its owner alone; a new
 * database, and one that is up to date, are left alone. The copy is whole: SQLite writes it from one snapshot.
 * Throws `StoreError` `backup_failed`; nothing is migrated then.
 */
export async function backUpBeforeMigration(db: Database, path: string): Promise<void> {
  const { known, pending } = await pendingMigrations(db);
  const [next] = pending;
  if (known === 0 || next === undefined) return;
  const backup = `${path}.before-${next}`;
  const unfinished = `${backup}.unfinished`;
  try {
    rmSync(unfinished, { force: true });
    await sql`vacuum into ${unfinished}`.execute(db);
    chmodSync(unfinished, 0o600);
    renameSync(unfinished, backup);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new StoreError(
      'backup_failed',
      `The database must be migrated, and could not be copied to ${backup} first: ${messageOf(error)}. Make room there, then start again.`,
      { cause: error },
    );
  }
}
