import { closeSync, copyFileSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { AssentError, messageOf } from '../lib/errors.ts';
import { removeDatabase } from '../store/engine/copy.ts';

/** Does work whose errors of the system are about a place to write to. Throws `unwritable`. */
export async function writing<Result>(path: string, work: () => Promise<Result> | Result): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AssentError) throw cause;
    throw new AssentError(
      'unwritable',
      `${path} cannot be written: ${messageOf(cause)}. Choose another place.`,
      {
        cause,
      },
    );
  }
}

/** Copies a key for its owner alone, to the disk. */
export function copyKey(from: string, to: string): void {
  rmSync(to, { force: true });
  closeSync(openSync(to, 'wx', 0o600));
  copyFileSync(from, to);
  syncPath(to);
}

/** Syncs a file, or the names in a folder. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes a copy that has come to nothing, so that the error that ended it is the one that is told. */
export function discard(database: string, key: string): void {
  try {
    removeDatabase(database);
    rmSync(key, { force: true });
  } catch {
    // Where nothing can be removed, nothing could be written.
  }
}
