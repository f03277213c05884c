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
import { up as refusals } from '../migrations/0008-refusals.ts';
import { up as keptResults } from '../migrations/0009-kept-results.ts';
import { up as acts } from '../migrations/0010-acts.ts';
import { up as grants } from '../migrations/0011-grants.ts';
import { up as pendingOfSession } from '../migrations/0012-pending-of-session.ts';
import { up as signOnStates } from '../migrations/0013-sign-on-states.ts';
import { up as signInAttempts } from '../migrations/0014-sign-in-attempts.ts';
import { up as tokenScopes } from '../migrations/0015-token-scopes.ts';
import { type Database, engineOf } from './database.ts';

/** In the order of their names; one that has been released is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': { up: first },
  '0002-integrations': { up: integrations },
  '0003-notifications': { up: notifications },
  '0004-history': { up: history },
  '0005-reviewed-actions': { up: reviewedActions },
  '0006-sign-in': { up: signIn },
  '0007-action-reviews': { up: actionReviews },
  '0008-refusals': { up: refusals },
  '0009-kept-results': { up: keptResults },
  '0010-acts': { up: acts },
  '0011-grants': { up: grants },
  '0012-pending-of-session': { up: pendingOfSession },
  '0013-sign-on-states': { up: signOnStates },
  '0014-sign-in-attempts': { up: signInAttempts },
  '0015-token-scopes': { up: tokenScopes },
};

/** Those that take something out which nobody may find afterwards, neither in the table nor in what is free of the file. */
const erasing: ReadonlySet<string> = new Set(['0008-refusals']);

/** Runs what is missing, in one transaction each where the engine can. Throws `migration_failed`. */
export async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw migrationFailed(error);
  const done = results.map(({ migrationName }) => migrationName);
  const isNew = done.includes('0001-first');
  if (!isNew && done.some((name) => erasing.has(name))) await rewriteFile(db);
}

/** SQLite leaves what was in a row before where it stood, until something else needs the room. PostgreSQL vacuums by itself. */
async function rewriteFile(db: Database): Promise<void> {
  if (engineOf(db) === 'postgres') return;
  try {
    await sql`vacuum`.execute(db);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  } catch (error) {
    throw migrationFailed(error);
  }
}

function migrationFailed(cause: unknown): StoreError {
  return new StoreError('migration_failed', `The database could not be migrated: ${messageOf(cause)}`, {
    cause,
  });
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
  const unknown = unknownMigration(await migrationsOf(db));
  if (unknown === undefined) return;
  throw new StoreError(
    'newer',
    `The database is of a newer version of Assent (it has the migration "${unknown}"). Start that version, or restore a backup.`,
  );
}

/** The latest of these migrations that this version does not know, if there is one: a newer version made it. */
export function unknownMigration(names: readonly string[]): string | undefined {
  return names.findLast((name) => !(name in migrations));
}
