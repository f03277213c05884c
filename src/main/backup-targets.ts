import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssentError } from '../lib/errors.ts';
import { databaseSuffixes } from '../store/engine/copy.ts';
import { databaseIn } from './data-folder.ts';
import { keyFileIn } from './keys.ts';

/** Nothing that is there is overwritten unasked, and what the gateway works with never. Throws `exists`, `in_use`, `is_folder`. */
export function checkTargets(paths: readonly string[], dataDir: string, force: boolean): void {
  const works = new Set(
    [...databaseSuffixes.map((suffix) => databaseIn(dataDir) + suffix), keyFileIn(dataDir)].map(realPath),
  );
  for (const path of paths) {
    if (works.has(realPath(path)))
      throw new AssentError('in_use', `${path} is what the gateway itself works with. Choose another name.`);
    const there = existing(path);
    if (there?.isDirectory()) throw new AssentError('is_folder', `${path} is a folder. Name a file in it.`);
    if (there !== undefined && !force)
      throw new AssentError(
        'exists',
        `${path} is there already, and is kept. Choose another name, or replace it with --force.`,
      );
  }
}

/** The name itself, in the folder that it is really in: a symlink that is replaced is not followed. */
function realPath(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function existing(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A folder that is none: writing says so.
    return undefined;
  }
}
