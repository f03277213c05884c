import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../lib/errors.ts';
import { StoreError } from '../errors.ts';
import { databaseFault } from './faults.ts';
import { openMs } from './sqlite.ts';

/** What stands in the file of an embedded database. */
export type DatabaseFile =
  /** No file. `hasLog`: a write-ahead log stands where its own would be, which SQLite would delete. */
  | { readonly state: 'missing' | 'empty'; readonly hasLog: boolean }
  | { readonly state: 'filled'; readonly migrations: readonly string[]; readonly organizations: number };

/** How a database is spoken of where it is damaged, and what helps. */
export interface Subject {
  readonly name: string;
  readonly advice: string;
}

/**
 * Looks through an embedded database without changing it: every page, and whether it is Assent's. A file of no bytes, and one
 * without tables, are `empty`; a file whose log holds all of it is not. Throws `StoreError` `damaged` and `cannot_open`.
 */
export function inspectDatabase(path: string, subject = databaseAt(path)): DatabaseFile {
  const hasLog = sizeOf(`${path}-wal`) > 0;
  const bytes = sizeOf(path);
  // Not opened then: SQLite deletes a log whose database has no page.
  if (bytes <= 0) return { state: bytes < 0 ? 'missing' : 'empty', hasLog };
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: openMs });
    try {
      return contentOf(database, subject);
    } finally {
      database.close();
    }
  } catch (error) {
    throw unusable(error, subject);
  }
}

function contentOf(database: DatabaseSync, subject: Subject): DatabaseFile {
  const tables = new Set(database.prepare('select name from sqlite_schema').all().map(nameOf));
  // One finding is enough to refuse, and ends the search.
  const [finding] = database.prepare('pragma quick_check(1)').all();
  const verdict = String(finding?.quick_check ?? 'it cannot be checked');
  if (verdict !== 'ok') throw damaged(subject, verdict.replace(/^\*\*\* in database \w+ \*\*\*\s*/, ''));
  if (tables.size === 0) return { state: 'empty', hasLog: false };
  return {
    state: 'filled',
    migrations: tables.has('kysely_migration')
      ? database.prepare('select name from kysely_migration order by name').all().map(nameOf)
      : [],
    organizations: tables.has('organization')
      ? Number(database.prepare('select count(*) as count from organization').get()?.count)
      : 0,
  };
}

const nameOf = ({ name }: Readonly<Record<string, unknown>>) => String(name);

/** The bytes of a file; -1 where there is none. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1;
}

/** What SQLite said, as the damage or the obstacle that it is. */
export function unusable(error: unknown, subject: Subject): StoreError {
  if (error instanceof StoreError) return error;
  if (databaseFault(error) === 'damaged') return damaged(subject, messageOf(error), error);
  return new StoreError('cannot_open', `${subject.name} cannot be opened: ${messageOf(error)}`, {
    cause: error,
  });
}

function damaged({ name, advice }: Subject, damage: string, cause?: unknown): StoreError {
  const sentence = `${name} is damaged: ${damage.trim().replace(/\.$/, '')}. ${advice}`;
  return new StoreError('damaged', sentence, { cause });
}

/** The database that a gateway works with. */
export function databaseAt(path: string): Subject {
  return {
    name: `The database ${path}`,
    advice: 'Restore a backup with `assent restore FILE --force`: what is there now is kept beside.',
  };
}
