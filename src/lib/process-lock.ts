import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { codeOf } from './errors.ts';

/** Something that one process at a time may hold. */
export interface ProcessLock {
  release(): void;
}

/** SQLite's word for a lock that somebody else has. */
const busy = 5;

/**
 * Takes `<path>.lock` for this process, or answers who holds it still after `waitMs` milliseconds. SQLite's own lock on that
 * file does it: the system lets go of it when the process ends, however it ends.
 */
export function lockForProcess(path: string, waitMs = 0): ProcessLock | { readonly holder: string } {
  makePrivate(`${path}.lock`);
  const database = new DatabaseSync(`${path}.lock`, { timeout: waitMs });
  const holder = `${path}.pid`;
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    return { holder: holderOf(holder) };
  }
  writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 });
  const release = () => {
    rmSync(holder, { force: true });
    database.close();
  };
  return { release };
}

/** Only where it is not there: to close a file is to let go of every lock on it that this process has. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return false;
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === busy;
}

function holderOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
