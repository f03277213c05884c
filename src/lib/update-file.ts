import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AssentError, codeOf } from './errors.ts';
import { makePrivateFolder, writePrivateFile } from './private-file.ts';
import { lockForProcess } from './process-lock.ts';

/** How long another process may take to change the same file, in milliseconds. */
const patienceMs = 5000;

/**
 * Changes a file that only its owner may read: read, changed and written under a lock, so that two changes at once are both
 * kept. `change` gets an empty text where there is no file. Throws `locked` where another process keeps it too long.
 */
export function updatePrivateFile(path: string, change: (text: string) => string): void {
  makePrivateFolder(dirname(path));
  const lock = lockForProcess(path, patienceMs);
  if (!('release' in lock))
    throw new AssentError('locked', `process ${lock.holder} is changing ${path}. Try again.`);
  try {
    const before = readIfThere(path);
    const after = change(before);
    if (after !== before) writePrivateFile(path, after);
  } finally {
    lock.release();
  }
}

/** The text of a file, empty where there is none. */
export function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}
