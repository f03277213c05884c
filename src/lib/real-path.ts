import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readlinkSync,
  realpathSync,
} from 'node:fs';
import { sep } from 'node:path';

/** All links and `..` resolved; `undefined` where there is nothing. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** Of two real paths. A path that merely begins with the folder's characters is not within it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A folder that stays the one that was looked at, whatever its path leads to later. */
export interface HeldFolder {
  /** A path to it that no rename and no link can turn elsewhere. */
  readonly path: string;
  readonly realPath: string;
  release(): void;
}

/**
 * Opens a folder and says where it really is; `undefined` where it is none. On Linux its path leads through the descriptor.
 * Elsewhere it is the real path, and a folder that is moved between check and use is not noticed.
 */
export function holdFolder(path: string): HeldFolder | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch {
    return undefined;
  }
  const held = `/proc/self/fd/${descriptor}`;
  const release = () => closeSync(descriptor);
  try {
    if (process.platform === 'linux') return { path: held, realPath: readlinkSync(held), release };
    return { path: realpathSync.native(path), realPath: realpathSync.native(path), release };
  } catch {
    release();
    return undefined;
  }
}

/** A file that stays the one that was looked at, until it is let go of. */
export interface HeldFile extends Disposable {
  readonly file: BigIntStats;
  /** Whether its last name has gone. */
  isNameless(): boolean;
}

/** `undefined` where it cannot be opened. */
export function holdFile(path: string): HeldFile | undefined {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    return {
      file: fstatSync(descriptor, { bigint: true }),
      isNameless: () => fstatSync(descriptor).nlink === 0,
      [Symbol.dispose]: () => closeSync(descriptor),
    };
  } catch {
    return undefined;
  }
}
