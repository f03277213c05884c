import { closeSync, fstatSync, openSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AssentError, messageOf } from './errors.ts';

/** Group and others. */
const writableByOthers = 0o022;
const sticky = 0o1000;

/** A file that cannot be relied on. */
class Untrusted extends AssentError<'untrusted'> {
  constructor(message: string) {
    super('untrusted', message);
  }
}

/** Reads a file that decides what may run. Throws `untrusted` where it is missing, or anybody else could have written it. */
export function readTrustedFile(path: string, what: string): string {
  try {
    const descriptor = openSync(path, 'r');
    try {
      checkOwner(fstatSync(descriptor), path, what);
      checkFolder(dirname(path), path, what);
      // A link is as good as what it leads to.
      checkFolder(dirname(realpathSync(path)), path, what);
      return readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Untrusted) throw error;
    throw new Untrusted(`The ${what} ${path} cannot be read: ${messageOf(error)}`);
  }
}

function checkOwner(file: Stats, path: string, what: string): void {
  if ((file.mode & writableByOthers) !== 0)
    throw new Untrusted(`The ${what} ${path} may be written by others. Run: chmod go-w '${path}'`);
  if (![0, process.getuid?.() ?? file.uid].includes(file.uid))
    throw new Untrusted(`The ${what} ${path} belongs to another user. Make it yours, or root's.`);
}

function checkFolder(folder: string, path: string, what: string): void {
  const { mode, uid } = statSync(folder);
  if (![0, process.getuid?.() ?? uid].includes(uid))
    throw new Untrusted(
      `The folder of the ${what} ${path} belongs to another user. Make it yours, or root's.`,
    );
  if ((mode & writableByOthers) !== 0 && (mode & sticky) === 0)
    throw new Untrusted(
      `The folder of the ${what} ${path} may be written by others. Run: chmod go-w '${folder}'`,
    );
}
