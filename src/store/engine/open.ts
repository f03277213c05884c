import { Kysely } from 'kysely';
import { messageOf } from '../../lib/errors.ts';
import { StoreError } from '../errors.ts';
import type { Tables } from '../tables.ts';
import { backUpBeforeMigration } from './backup.ts';
import { keepCheckpointing } from './checkpoint.ts';
import { commitTogether } from './commit-together.ts';
import type { Database, Engine, Write } from './database.ts';
import { diskSync, syncAfterWrites } from './disk-sync.ts';
import { migrate, refuseNewer } from './migrate.ts';
import { type OpenNotifyChannel, postgresNotifyChannel } from './pg-notify.ts';
import { databaseTime, postgresDialect, statementMs } from './postgres.ts';
import { onceASecond, writeNothing } from './probe.ts';
import { sqliteReader, sqliteWriter } from './sqlite.ts';

export type StoreLocation =
  | { readonly engine: 'sqlite'; readonly path: string; readonly patienceMs?: number | undefined }
  | { readonly engine: 'postgres'; readonly url: string; readonly patienceMs?: number | undefined };

/** How long a write waits for another process that holds an embedded database, before it is refused. */
const heldMs = 5_000;

export interface Store {
  readonly engine: Engine;
  /** For reading: sees what is committed, nothing else. Inside a unit of `write`, read through the unit's own `tx`. */
  readonly db: Database;
  readonly write: Write;
  /** For libraries that bring their own queries: reads and writes, each statement a transaction. */
  readonly shared: Database;
  /** Between the gateways on one database; `undefined` on SQLite, which only one gateway uses. */
  readonly openNotifyChannel: OpenNotifyChannel | undefined;
  /** Throws what a write would, without changing anything. Asked as often as one likes: it looks once a second. */
  expectWritable(): Promise<void>;
  /** Milliseconds since the epoch by the clock of the database's own machine; `undefined` where that is this one. */
  readonly readTime: (() => Promise<number>) | undefined;
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
    return location.engine === 'sqlite' ? await openSqlite(location) : await openPostgres(location);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError('cannot_open', `The database cannot be opened: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function openSqlite(location: Extract<StoreLocation, { engine: 'sqlite' }>): Promise<Store> {
  const { path } = location;
  const writer = new Kysely<Tables>({ dialect: sqliteWriter(path, location.patienceMs ?? heldMs) });
  await migrated(writer, () => backUpBeforeMigration(writer, path));
  const disk = diskSync(path);
  await disk.sync();
  const db = new Kysely<Tables>({ dialect: sqliteReader(path) });
  const write = commitTogether(writer, disk);
  const checkpoints = keepCheckpointing(writer);
  return {
    engine: 'sqlite',
    db,
    write,
    expectWritable: onceASecond(() => writeNothing(write)),
    readTime: undefined,
    shared: writer.withPlugin(syncAfterWrites(disk)),
    openNotifyChannel: undefined,
    close: async () => {
      await db.destroy();
      try {
        await disk.sync();
        await checkpoints.end();
      } finally {
        disk.close();
        await writer.destroy();
      }
    },
  };
}

/** An embedded database for reading alone, as it is: nothing is migrated. */
export function openForReading(path: string): Database {
  return new Kysely<Tables>({ dialect: sqliteReader(path) });
}

async function openPostgres(location: Extract<StoreLocation, { engine: 'postgres' }>): Promise<Store> {
  const { url } = location;
  const db = new Kysely<Tables>({ dialect: postgresDialect(url, location.patienceMs ?? statementMs) });
  await migrated(db);
  const write: Write = (unit) => db.transaction().execute(unit);
  return {
    engine: 'postgres',
    db,
    write,
    expectWritable: onceASecond(() => writeNothing(write)),
    readTime: () => databaseTime(db),
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
