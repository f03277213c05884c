import { DatabaseSync, type StatementSync } from 'node:sqlite';
import {
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { PatientDriver } from './retry-while-held.ts';

/** How long the opening of an embedded database waits for another process that holds the file. */
export const openMs = 5_000;

/**
 * Node's own SQLite behind Kysely's dialect. A commit is in the write-ahead log, which `disk-sync` writes to the disk. What is
 * taken out of a row is overwritten: exact params and hashes that are gone are not to be found in the file. A write waits for
 * `heldMs` at the most where another process holds the file.
 */
export function sqliteWriter(path: string, heldMs: number): Dialect {
  const database = new DatabaseSync(path, { timeout: openMs });
  // Once it is open, SQLite is not to wait by itself: everything in this process would wait with it.
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma secure_delete = on; pragma trusted_schema = off; pragma busy_timeout = 0',
  );
  return {
    createDriver: () =>
      new PatientDriver({ database: adapt(database) }, heldMs, () => database.isTransaction),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** The same database for reading alone: nobody who writes, here or in another process, is waited for. */
export function sqliteReader(path: string): Dialect {
  const database = new DatabaseSync(path, { readOnly: true, timeout: openMs });
  database.exec('pragma trusted_schema = off');
  return new SqliteDialect({ database: adapt(database) });
}

function adapt(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      // A transaction that starts by reading could otherwise fail when it comes to write.
      const sql = text === 'begin' ? 'begin immediate' : text;
      return prepared.get(sql) ?? remember(prepared, sql, adaptStatement(database.prepare(sql)));
    },
    close: () => database.close(),
  };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}

/**
 * Prepared statements that are kept. Queries are few and built from code; the bound only guards against one
 * that is not.
 */
const mostPrepared = 500;

function remember(
  prepared: Map<string, SqliteStatement>,
  sql: string,
  statement: SqliteStatement,
): SqliteStatement {
  if (prepared.size >= mostPrepared) prepared.clear();
  prepared.set(sql, statement);
  return statement;
}

type SqlValue = null | number | bigint | string | Uint8Array;

/** Kysely hands over what the query was built with; the store builds with nothing but SQL's own values. */
function values(parameters: readonly unknown[]): SqlValue[] {
  return parameters as SqlValue[];
}
