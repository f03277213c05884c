import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { messageOf } from '../../lib/errors.ts';
import { StoreError } from '../errors.ts';
import { up as first } from '../migrations/0001-first.ts';
import { up as integrations } from '../migrations/0002-integrations.ts';
import { up as notifications } from '../migrations/0003-notifications.ts';
import { up as history } from '../migrations/0004-history.ts';
import { up as reviewedActions } from '../migrations/0005-reviewed-actions.ts';
import { up as signIn } from '../migrations/0006-sign-in.ts';
import { up as actionReviews } from '../migrations/0007-action-reviews.ts';
import type { Database } from './database.ts';

/** In the order of their names; one that has been released is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': { up: first },
  '0002-integrations': { up: integrations },
  '0003-notifications': { up: notifications },
  '0004-history': { up: history },
  '0005-reviewed-actions': { up: reviewedActions },
  '0006-sign-in': { up: signIn },
  '0007-action-reviews': { up: actionReviews },
};

/** Runs what is missing, in one transaction each where the engine can. Throws `migration_failed`. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw new StoreError('migration_failed', `The database could not be migrated: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** How many migrations a database has had, and the names of those that it lacks, in their order. */
export async function pendingMigrations(
  db: Database,
): Promise<{ readonly known: number; readonly pending: readonly string[] }> {
  const known = new Set(await migrationsOf(db));
  return { known: known.size, pending: Object.keys(migrations).filter((name) => !known.has(name)) };
}

async function migrationsOf(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** Throws `newer`. */
export async function refuseNewer(db: Database): Promise<void> {
  const unknown = (await migrationsOf(db)).filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new StoreError(
    'newer',
    `The database is of a newer version of Assent (it has the migration "${unknown.at(-1) ?? ''}"). Start that version, or restore a backup.`,
  );
}
