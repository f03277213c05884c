import { Kysely } from 'kysely';
import { messageOf } from '../../lib/errors.ts';
import { StoreError } from '../errors.ts';
import type { Tables } from '../tables.ts';
import { backUpBeforeMigration } from './backup.ts';
import { commitTogether } from './commit-together.ts';
import type { Database, Engine, Write } from './database.ts';
import { diskSync, syncAfterWrites } from './disk-sync.ts';
import { migrate, refuseNewer } from './migrate.ts';
import { type OpenNotifyChannel, postgresNotifyChannel } from './pg-notify.ts';
import { postgresDialect } from './postgres.ts';
import { sqliteDialect } from './sqlite.ts';

export type StoreLocation =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string };

export interface Store {
  readonly engine: Engine;
  /** For reading: sees what is committed, nothing else. Inside a unit of `write`, read through the unit's own `tx`. */
  readonly db: Database;
  readonly write: Write;
  /** For libraries that bring their own queries: reads and writes, each statement a transaction. */
  readonly shared: Database;
  /** Between the gateways on one database; `undefined` on SQLite, which only one gateway uses. */
  readonly openNotifyChannel: OpenNotifyChannel | undefined;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * An embedded one is copied before it is migrated.
 * Throws `StoreError`: `cannot_open` where it cannot be opened, `newer` where a later version of Assent has migrated it,
 * `backup_failed` and `migration_failed`.
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  try {
    return location.engine === 'sqlite' ? await openSqlite(location.path) : await openPostgres(location.url);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('cannot_open', `The database cannot be opened: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function openSqlite(path: string): Promise<Store> {
  const writer = new Kysely<Tables>({ dialect: sqliteDialect(path) });
  await migrated(writer, () => backUpBeforeMigration(writer, path));
  const disk = diskSync(path);
  await disk.sync();
  return {
    engine: 'sqlite',
    db: writer,
    write: commitTogether(writer, disk),
    shared: writer.withPlugin(syncAfterWrites(disk)),
    openNotifyChannel: undefined,
    close: async () => {
      await disk.sync();
      disk.close();
      await writer.destroy();
    },
  };
}

async function openPostgres(url: string): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: postgresDialect(url) });
  await migrated(db);
  return {
    engine: 'postgres',
    db,
    write: (unit) => db.transaction().execute(unit),
    shared: db,
    openNotifyChannel: postgresNotifyChannel(url),
    close: () => db.destroy(),
  };
}

async function migrated(db: Database, before?: () => Promise<void>): Promise<void> {
  try {
    await refuseNewer(db);
    await before?.();
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
