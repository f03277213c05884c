import { existsSync, statSync } from 'node:fs';
import { type HeldFolder, holdFolder, isWithin, realPath } from '../lib/real-path.ts';
import { expandHome } from '../pack/expand-home.ts';
import type { KeyPolicy } from '../pack/key-policy.ts';
import type { ExecStep } from '../pack/pack.ts';
import type { InodeSet } from './os/inode-set.ts';
import { StepRefusal } from './refusal.ts';

/** Where a pack runs, and what it may do there. */
export interface Confinement {
  /** A real path. */
  readonly root: string;
  readonly home: string;
  readonly policy: KeyPolicy | undefined;
  readonly written: Pick<InodeSet, 'has'>;
}

/** A step that may run: a real path, the name that the program is told, its arguments, and where. */
export interface Resolved {
  readonly file: string;
  /** What the file is known by, under whatever name; `undefined` where it is not there. */
  readonly inode: bigint | undefined;
  readonly argv0: string;
  readonly args: readonly string[];
  readonly cwd: HeldFolder;
}

/**
 * Finds what a step would run, and where; the caller releases the folder. Throws `StepRefusal` with the first reason
 * there is. Source: the seed on recipes, "Command Resolution Details"; design, section 4, "Command resolution".
 */
export function resolveStep(step: ExecStep, confinement: Confinement): Resolved {
  const [name = ''] = step.argv;
  if (step.argv.length === 0) throw new StepRefusal('empty argv');
  if (![step.cwd, ...step.argv].every(canBePassed)) throw new StepRefusal('bad_text');
  const [command = '', ...args] = [commandOf(name) ?? name, ...step.argv.slice(1)].map((word) =>
    expandHome(word, confinement.home),
  );
  const folder = expandHome(step.cwd, confinement.home);
  // Not joined, here and below: `link/..` is where the link leads, and then one up.
  const cwd = holdFolder(folder.startsWith('/') ? folder : `${confinement.root}/${folder}`);
  try {
    if (cwd === undefined) throw new StepRefusal('bad_cwd');
    if (!isWithin(cwd.realPath, confinement.root)) throw new StepRefusal('cwd_outside_root');
    return { ...program(absolute(command, cwd, confinement), confinement), args, cwd };
  } catch (error) {
    cwd?.release();
    throw error;
  }
}

/** What the system can hand to a program without changing it. */
export function canBePassed(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function absolute(command: string, cwd: HeldFolder, { root }: Confinement): string {
  if (command.startsWith('/')) return command;
  if (!command.includes('/')) throw new StepRefusal('cmd_not_allowed');
  const real = realPath(`${cwd.realPath}/${command}`);
  if (real === undefined) throw new StepRefusal('bad_cmd_path');
  if (!isWithin(real, root)) throw new StepRefusal('cmd_outside_root');
  return real;
}

function program(
  asked: string,
  { root, policy, written }: Confinement,
): Pick<Resolved, 'file' | 'inode' | 'argv0'> {
  const real = realPath(asked);
  const entry = allowingEntry(policy?.commands ?? builtInCommands, asked, real);
  if (real === undefined && entry !== undefined) return { file: asked, inode: undefined, argv0: asked };
  const file = real === undefined ? undefined : statSync(real, { bigint: true, throwIfNoEntry: false });
  if (real !== undefined && file !== undefined && !written.has(file)) {
    const runs = { file: real, inode: file.ino };
    if (entry !== undefined) return { ...runs, argv0: entry };
    const isProgram = file.isFile() && (file.mode & 0o111n) !== 0n;
    if ((policy?.allowRootScripts ?? true) && isWithin(real, root) && isProgram)
      return { ...runs, argv0: real };
  }
  throw new StepRefusal('cmd_not_allowed');
}

/** Short names, and what they stand for. Source: the seed on recipes, "Command Resolution Details". */
const shortNames = new Map(
  ['git', 'make', 'python3', 'xcodebuild', 'clang', 'clang++']
    .map((name): [string, string] => [name, `/usr/bin/${name}`])
    .concat(['pwd', 'echo', 'ls', 'rm', 'mkdir', 'bash', 'zsh'].map((name) => [name, `/bin/${name}`])),
);

/** What every key may run where no policy is configured. Source: the seed on recipes, "Policy Model". */
export const builtInCommands: readonly string[] = [
  ...shortNames.values(),
  ...['xcrun', 'codesign', 'sw_vers', 'uname', 'wc', 'sed', 'tee'].map((name) => `/usr/bin/${name}`),
];

/** The absolute path that a short name stands for. Linux systems differ in where they keep it. */
export function commandOf(name: string): string | undefined {
  const path = shortNames.get(name);
  if (path === undefined || process.platform !== 'linux') return path;
  return [`/usr/bin/${name}`, `/bin/${name}`].find((one) => existsSync(one)) ?? path;
}

/**
 * The entry of a list that allows a file, by their real paths; the very path that was asked for goes first. A program of many
 * names (busybox, or bash as rbash) is then told a name that the list allows, and no other.
 */
export function allowingEntry(
  list: readonly string[],
  asked: string,
  real: string | undefined,
): string | undefined {
  if (list.includes(asked)) return asked;
  return real === undefined ? undefined : list.find((entry) => realPath(entry) === real);
}
