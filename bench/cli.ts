// What `assent actions list` costs as a whole process, against a running gateway, beside `node -e 0`: alternating in one
// run, so that the ratio counts and not the figures. dist/ must be built.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SessionCreated } from '../src/contract/sessions.ts';

const rounds = 60;
const warmUps = 3;
const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');

const folder = mkdtempSync(join(tmpdir(), 'assent-bench-cli-'));
const env = { ...process.env, ASSENT_HOME: folder, XDG_CACHE_HOME: join(folder, 'cache') };
const gateway = spawn(process.execPath, [cli, 'up', '--port', '0', '--log-level', 'error'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  await listening(gateway);
  const agent = { ...env, ...newSession().env };
  const nothing = () => timed(['-e', '0'], env);
  const list = () => timed([cli, 'actions', 'list'], agent);
  const pairs = Array.from({ length: warmUps + rounds }, () => ({ nothing: nothing(), list: list() })).slice(
    warmUps,
  );
  const base = median(pairs.map((one) => one.nothing));
  const whole = median(pairs.map((one) => one.list));
  console.log(`node -e 0             ${base.toFixed(1)} ms`);
  console.log(`assent actions list   ${whole.toFixed(1)} ms`);
  console.log(
    `ratio                 ${(whole / base).toFixed(2)}   (medians of ${rounds}; at most 2 is wanted)`,
  );
} finally {
  const ended = once(gateway, 'exit');
  if (gateway.kill('SIGTERM')) await ended;
  rmSync(folder, { recursive: true, force: true });
}

/** Waits for the first line, which says that requests are answered. */
async function listening({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) throw new TypeError('the gateway was started without a pipe');
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('listening on ')) return;
  }
  throw new Error('The gateway ended before it listened. Its errors stand above.');
}

function newSession(): SessionCreated {
  const text = execFileSync(process.execPath, [cli, 'sessions', 'create', '--json'], {
    env,
    encoding: 'utf8',
  });
  // The gateway checks its answers against this type.
  return JSON.parse(text) as SessionCreated;
}

/** Milliseconds of the whole process. */
function timed(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  const took = performance.now() - began;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return took;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
