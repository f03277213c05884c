import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Something that one process at a time may hold. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes `<path>.lock` for this process, or answers who holds it still after `waitMs` milliseconds. SQLite's own lock on that
 * file does it: the system lets go of it when the process ends, however it ends.
 */
export function lockForProcess(path: string, waitMs = 0): ProcessLock | { readonly holder: string } {
  closeSync(openSync(`${path}.lock`, 'a', 0o600));
  const database = new DatabaseSync(`${path}.lock`, { timeout: waitMs });
  const holder = `${path}.pid`;
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch {
    database.close();
    return { holder: holderOf(holder) };
  }
  writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 });
  const release = () => {
    rmSync(holder, { force: true });
    database.close();
  };
  return { release };
}

function holderOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
