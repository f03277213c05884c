import { dirname } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { makePrivateFolder } from '../lib/private-file.ts';
import { lockForProcess } from '../lib/process-lock.ts';
import { Misconfigured } from './refusal.ts';
import { ReplayStore } from './replay.ts';
import { WrittenFiles } from './written-files.ts';

/** What must outlive a restart. */
export interface Memory {
  readonly replay: ReplayStore;
  readonly written: WrittenFiles;
  close(): void;
}

/** The files of a memory, which no pack may write. */
export function memoryFiles(seen: string) {
  return { written: `${seen}_written`, lock: `${seen}.lock`, pid: `${seen}.pid` };
}

/** Held by one receiver at a time: two would let a pack through twice. Throws `misconfigured`. */
export function openMemory(seen: string, now: Clock): Memory {
  makePrivateFolder(dirname(seen));
  const lock = lockForProcess(seen);
  if (!('release' in lock))
    throw new Misconfigured(
      `Another receiver (process ${lock.holder}) remembers its packs in ${seen}. Stop it, or name another file with --seen.`,
    );
  try {
    const replay = new ReplayStore(seen, now);
    const written = new WrittenFiles(memoryFiles(seen).written);
    const close = () => {
      replay.close();
      written.close();
      lock.release();
    };
    return { replay, written, close };
  } catch (error) {
    lock.release();
    throw new Misconfigured(messageOf(error));
  }
}
