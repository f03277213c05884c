import { randomUUID } from 'node:crypto';
import { lstatSync, renameSync, rmSync } from 'node:fs';
import { constants, type FileHandle, open } from 'node:fs/promises';
import { codeOf } from '../lib/errors.ts';
import { type HeldFolder, holdFile, holdFolder, isWithin } from '../lib/real-path.ts';
import { expandHome } from '../pack/expand-home.ts';
import type { WriteStep } from '../pack/pack.ts';
import type { CountedSet } from './os/counted-set.ts';
import type { InodeSet } from './os/inode-set.ts';
import { syncFolder } from './os/journal.ts';
import { StepRefusal } from './refusal.ts';
import { type Confinement, canBePassed } from './resolve-step.ts';

/** Where a write goes: nowhere that the receiver reads its own orders from. */
export interface WriteConfinement extends Confinement {
  /** Whether a real path is one of the receiver's own files. */
  readonly isOwn: (path: string) => boolean;
  readonly written: InodeSet;
  /** Inodes of the programs that are being run. */
  readonly running: CountedSet<bigint>;
}

/** A write that may happen: the folder that it goes into, held, and the name and mode it gets there. */
export interface ResolvedWrite {
  readonly path: string;
  readonly folder: HeldFolder;
  readonly name: string;
  readonly mode: number;
}

/**
 * Writes a file whole or not at all, under the root, and answers its path as the pack has it. Throws `StepRefusal`.
 * Source: design, section 4, "Running a step".
 */
export async function writeFile(step: WriteStep, confinement: WriteConfinement): Promise<string> {
  const write = resolveWrite(step, confinement);
  try {
    await writeInto(write, step.data, confinement);
    return write.path;
  } finally {
    write.folder.release();
  }
}

/** Finds where a write would go; the caller releases the folder. Throws `StepRefusal` with the first reason there is. */
export function resolveWrite(
  step: WriteStep,
  confinement: Omit<WriteConfinement, 'written' | 'running'>,
): ResolvedWrite {
  const path = expandHome(step.path, confinement.home);
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  if (!path.startsWith('/')) throw new StepRefusal('path must be absolute');
  if (slash === 0 || !canBePassed(path) || /\p{Cc}/u.test(path)) throw new StepRefusal('bad path');
  if (['', '.', '..'].includes(name)) throw new StepRefusal('bad filename');
  const folder = holdFolder(path.slice(0, slash));
  try {
    if (folder === undefined || !isWithin(folder.realPath, confinement.root))
      throw new StepRefusal('bad parent dir');
    if (confinement.isOwn(`${folder.realPath}/${name}`)) throw new StepRefusal('path outside root');
    return { path, folder, name, mode: modeOf(step, confinement) };
  } catch (error) {
    folder?.release();
    throw error;
  }
}

/** Without setuid, setgid and sticky. */
function modeOf(step: WriteStep, { policy }: Pick<Confinement, 'policy'>): number {
  const mode = step.mode & 0o777 || 0o644;
  if ((mode & 0o111) !== 0 && policy?.allowExecWrites !== true)
    throw new StepRefusal('executable writes forbidden');
  return mode;
}

async function writeInto(
  { folder, name, mode }: ResolvedWrite,
  data: Uint8Array,
  { written, running }: Pick<WriteConfinement, 'written' | 'running'>,
): Promise<void> {
  const target = `${folder.path}/${name}`;
  const temporary = `${folder.path}/.ap_tmp.${randomUUID()}`;
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  let file: FileHandle | undefined;
  try {
    file = await open(temporary, flags, 0o600);
    await written.add(await file.stat({ bigint: true }));
    await file.writeFile(data);
    await file.chmod(mode);
    await file.sync();
    const replaced = lstatSync(target, { bigint: true, throwIfNoEntry: false });
    if (replaced?.isDirectory()) throw new StepRefusal('destination is a directory');
    // An interpreter opens its script some time after it was started: it must find what was checked.
    if (replaced !== undefined && running.has(replaced.ino)) throw new StepRefusal('write failed: ETXTBSY');
    // In this thread, not in another: a step that is being checked runs what was checked.
    using old = replaced?.isFile() ? holdFile(target) : undefined;
    renameSync(temporary, target);
    if (old?.isNameless()) written.forget(old.file);
    syncFolder(folder.path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error instanceof StepRefusal
      ? error
      : new StepRefusal(`write failed: ${codeOf(error) ?? 'unknown'}`);
  } finally {
    await file?.close();
  }
}
