import { existsSync } from 'node:fs';
import { realPath } from '../lib/real-path.ts';

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
