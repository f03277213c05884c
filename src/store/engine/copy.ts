import { closeSync, fstatSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreError } from '../errors.ts';
import { databaseAt, type Subject, unusable } from './inspect.ts';
import { openMs } from './sqlite.ts';

/** Pages that are copied at a time, on a thread of Node's pool. */
const pagesAtOnce = 4_000;

/** How much of a copy is made, from 0 to 1. */
export type Progress = (share: number) => void;

export interface CopyOptions {
  /** What is copied, in the words of an error. */
  readonly subject?: Subject | undefined;
  readonly progress?: Progress | undefined;
}

/**
 * Copies an embedded database that a gateway may be at work on, through SQLite itself: all that was committed before the copy
 * began is in it, and nothing of what comes later. The copy is one file, synced, that only its owner may read; a file that is
 * at `to` already is replaced. Throws `StoreError` `damaged` and `cannot_open`, or what the system says of `to`.
 */
export async function copyDatabase(
  from: string,
  to: string,
  { subject = databaseAt(from), progress = () => {} }: CopyOptions = {},
): Promise<void> {
  removeDatabase(to);
  // Made first, and not by SQLite: nobody else may read it from its first byte on, and no symlink is followed.
  const file = openSync(to, 'wx', 0o600);
  try {
    await copyPages(from, to, subject, progress);
    asOneFile(to, subject);
    fsyncSync(file);
    if (fstatSync(file).ino !== statSync(to, { throwIfNoEntry: false })?.ino)
      throw new StoreError('backup_failed', `Another copy is being written to ${to}. Let it end first.`);
  } finally {
    closeSync(file);
  }
}

/** Removes a database with the files that SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of databaseSuffixes) rmSync(path + suffix, { force: true });
}

/** What SQLite appends to a database's name. */
export const databaseSuffixes = ['', '-wal', '-shm', '-journal'] as const;

async function copyPages(from: string, to: string, subject: Subject, progress: Progress): Promise<void> {
  try {
    const source = new DatabaseSync(from, { readOnly: true, timeout: openMs });
    try {
      // A transaction that has read holds its snapshot. Without one, each write of the gateway would begin the copy anew.
      source.exec('begin');
      source.prepare('select count(*) from sqlite_schema').get();
      await backup(source, to, {
        rate: pagesAtOnce,
        progress: ({ totalPages, remainingPages }) => progress(1 - remainingPages / totalPages),
      });
    } finally {
      source.close();
    }
  } catch (error) {
    throw unusable(error, subject);
  }
}

/** The pages come from a database with a write-ahead log; its copy has none, and can be read where nothing may be written. */
function asOneFile(path: string, subject: Subject): void {
  try {
    const copy = new DatabaseSync(path);
    copy.exec('pragma journal_mode = delete');
    copy.close();
  } catch (error) {
    throw unusable(error, subject);
  }
}
