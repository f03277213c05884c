import { join } from 'node:path';
import { AssentError } from '../lib/errors.ts';
import { lockForProcess, type ProcessLock } from '../lib/process-lock.ts';

/** Takes the data folder for this process. Throws `locked`, naming the process that holds it. */
export function lockDataFolder(dataDir: string): ProcessLock {
  const lock = lockForProcess(join(dataDir, 'gateway'));
  if ('release' in lock) return lock;
  throw new AssentError(
    'locked',
    `Another gateway (process ${lock.holder}) runs on ${dataDir}. Stop it first, or choose another folder with --data-dir.`,
  );
}
