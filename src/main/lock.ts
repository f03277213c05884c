import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AssentError } from '../lib/errors.ts';

/** Holds an embedded database for one gateway. */
export interface Lock {
  release(): void;
}

/**
 * Takes the data folder for this process. SQLite's own lock on a small file beside the database does it: the system lets
 * go of it when the process ends, however it ends. Throws `locked`, naming the process that holds it.
 */
export function lockDataFolder(dataDir: string): Lock {
  const database = new DatabaseSync(join(dataDir, 'gateway.lock'), { timeout: 0 });
  const holder = join(dataDir, 'gateway.pid');
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    database.close();
    throw new AssentError(
      'locked',
      `Another gateway (process ${holderOf(holder)}) runs on ${dataDir}. Stop it first, or choose another folder with --data-dir.`,
      { cause: error },
    );
  }
  writeFileSync(holder, `${process.pid}\n`, { mode: 0o600 });
  return { release: () => database.close() };
}

function holderOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
