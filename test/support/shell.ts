import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Ended } from './cli.ts';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

/** Runs lines as somebody who pastes them into a POSIX shell does; `assent` is the built command line, and `node` ours. */
export async function pasted(lines: string): Promise<Ended> {
  const commands = 'node() { "$NODE" "$@"; }\nassent() { node "$CLI" "$@"; }\n';
  const child = spawn('/bin/sh', ['-s'], {
    // Nothing of the developer's own environment.
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', NODE: process.execPath, CLI: cli },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(`${commands}${lines}\n`);
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
}
