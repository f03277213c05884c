import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { makePrivateFolder } from '../lib/private-file.ts';
import { lockForProcess } from '../lib/process-lock.ts';
import { realPath } from '../lib/real-path.ts';
import { InodeSet } from './os/inode-set.ts';
import { Misconfigured } from './refusal.ts';
import { ReplayStore } from './replay.ts';

/** What must outlive a restart. */
export interface PersistentState {
  readonly replay: ReplayStore;
  /** What packs have written, and never runs. */
  readonly written: InodeSet;
  close(): void;
}

/** All its files. */
export function stateFiles(seen: string): string[] {
  return ['', '.new', '.lock', '.pid', '_written', '_written.new'].map((end) => seen + end);
}

/** Held by one receiver at a time: two would let a pack through twice. Throws `misconfigured`. */
export function openState(path: string, now: Clock): PersistentState {
  makePrivateFolder(dirname(path));
  const seen = realPath(path) ?? join(realPath(dirname(path)) ?? dirname(path), basename(path));
  if ((statSync(seen, { throwIfNoEntry: false })?.nlink ?? 1) > 1)
    throw new Misconfigured(
      `${seen} has a second name, by which another receiver could use it. Remove that.`,
    );
  const lock = lockForProcess(seen);
  if (!('release' in lock))
    throw new Misconfigured(
      `Another receiver (process ${lock.holder}) remembers its packs in ${seen}. Stop it, or name another file with --seen.`,
    );
  try {
    const replay = new ReplayStore(seen, now);
    const written = new InodeSet(`${seen}_written`);
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
