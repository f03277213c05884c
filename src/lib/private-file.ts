import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './errors.ts';

/** Makes a folder that only its owner may enter. */
export function makePrivateFolder(path: string): void {
  makeFolder(path, 0o700);
}

/** With its parents. Node's own recursion runs for ever where a parent is there and takes no folders, as `/proc` is. */
export function makeFolder(path: string, mode = 0o777): void {
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) makeFolder(parent, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!(codeOf(error) === 'EEXIST' && statSync(path).isDirectory())) throw error;
  }
}

/** Writes a file that only its owner may read, whole or not at all: a temporary file beside it, then a rename. */
export function writePrivateFile(path: string, text: string): void {
  makePrivateFolder(dirname(path));
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
