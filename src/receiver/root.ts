import { readlinkSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { realPath } from '../lib/real-path.ts';
import type { Options } from './options.ts';
import { stateFiles } from './persistent-state.ts';
import { Misconfigured } from './refusal.ts';

/** The real path of the folder that packs may not leave. Throws `misconfigured` where it is no folder. */
export function realRoot(root: string): string {
  const real = realPath(root);
  if (real === undefined || !statSync(real).isDirectory())
    throw new Misconfigured(`The root ${root} is no folder. Make it, or name another with --root DIR.`);
  return real;
}

/** Tells the real paths of what the receiver goes by. A pack that could write one of these would be its own judge. */
export function ownFiles({ pubkeys, policy, defaultPolicy, conf, seen }: Options): (path: string) => boolean {
  const paths = [pubkeys, policy ?? defaultPolicy, defaultPolicy, conf, ...stateFiles(seen)];
  const own = new Set(paths.flatMap(withItsLinks).map(alike));
  return (path) => own.has(alike(path));
}

/** The path, and whatever it leads to as a link. */
function withItsLinks(path: string): string[] {
  const real = join(realPath(dirname(path)) ?? dirname(path), basename(path));
  try {
    return [real, ...withItsLinks(resolve(dirname(real), readlinkSync(real)))];
  } catch {
    return [real];
  }
}

/** Some file systems take names for the same that differ in their letters. */
function alike(path: string): string {
  return path.normalize('NFKD').toUpperCase().toLowerCase();
}
