import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { realPath } from '../lib/real-path.ts';
import { memoryFiles } from './memory.ts';
import type { Options } from './options.ts';
import { Misconfigured } from './refusal.ts';

/** The real path of the folder that packs may not leave. Throws `misconfigured` where it is no folder. */
export function realRoot(root: string): string {
  const real = realPath(root);
  if (real === undefined || !statSync(real).isDirectory())
    throw new Misconfigured(`The root ${root} is no folder. Make it, or name another with --root DIR.`);
  return real;
}

/** The real paths of what the receiver goes by. A pack that could write one of these would be its own judge. */
export function ownFiles({ pubkeys, policy, conf, seen }: Options): ReadonlySet<string> {
  const paths = [pubkeys, policy ?? conf, conf, seen, ...Object.values(memoryFiles(seen))];
  return new Set(
    paths.flatMap((path) => [
      join(realPath(dirname(path)) ?? dirname(path), basename(path)),
      realPath(path) ?? path,
    ]),
  );
}
