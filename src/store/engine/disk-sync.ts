import { closeSync, fdatasync, fstatSync, fsyncSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import { StoreError } from '../errors.ts';

/**
 * Syncs a SQLite write-ahead log to the disk, off the event loop. With `synchronous=NORMAL` SQLite appends a commit to the
 * log and leaves the sync of it to the next checkpoint, which syncs it before it copies a page; so one `fdatasync` of the
 * log after a commit makes it as durable as `FULL` would, and every commit that came before the sync began shares it.
 */
export interface DiskSync {
  /** Resolves when all that is committed by now is on the disk, under the names that the next start looks for. Throws `missing`. */
  sync(): Promise<void>;
  close(): void;
}

export function diskSync(databasePath: string): DiskSync {
  syncFolder(dirname(databasePath));
  // SQLite keeps this same file while a connection is open.
  const log = openSync(`${databasePath}-wal`, 'r+');
  const { ino, dev } = statSync(databasePath);
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function begin(): Promise<void> {
    running = new Promise<void>((resolve, reject) => {
      refuseMissing();
      fdatasync(log, (error) => (error === null ? resolve() : reject(error)));
    }).finally(() => {
      running = undefined;
    });
    return running;
  }

  /** SQLite writes on into a file that was moved or deleted, where nobody finds it again. */
  function refuseMissing(): void {
    const now = statSync(databasePath, { throwIfNoEntry: false });
    if (now?.ino === ino && now.dev === dev && fstatSync(log).nlink > 0) return;
    throw new StoreError(
      'missing',
      `The database file ${databasePath} is not where it was: it was moved, replaced or deleted.`,
    );
  }

  return {
    sync() {
      if (running === undefined) return begin();
      // The one under way may have begun before our commit; the one after it cannot.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return begin();
        });
      return next;
    },
    close: () => closeSync(log),
  };
}

/** Makes the names of the files durable too, not only their contents. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

const writes: ReadonlySet<string> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
]);

/** For queries that come from elsewhere: those that write are answered when they are on the disk. */
export function syncAfterWrites(disk: DiskSync): KyselyPlugin {
  const writing = new WeakSet<object>();
  return {
    transformQuery: ({ node, queryId }) => {
      if (writes.has(node.kind)) writing.add(queryId);
      return node;
    },
    transformResult: async ({ result, queryId }) => {
      if (writing.has(queryId)) await disk.sync();
      return result;
    },
  };
}
