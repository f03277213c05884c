import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { defer } from './cleanup-stack.ts';

const root = join(import.meta.dirname, '..', '..');
/** What runs as `assent`: what is built, or the sources where coverage is wanted of them. */
const cli = join(root, process.env['ASSENT_TEST_FROM'] === 'source' ? 'src/cli/index.ts' : 'dist/cli.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line to its end. */
export async function assent(
  args: readonly string[],
  env: Record<string, string>,
  input = '',
  program = cli,
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], {
    env: clean(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  // A gateway that starts where it should be refused would run for ever.
  child.stdout.once('data', (first) => {
    if (String(first).startsWith('listening on ')) child.kill('SIGKILL');
  });
  const [stdout, stderr] = [read(child.stdout), read(child.stderr)];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
}

export interface Up {
  readonly child: ChildProcess;
  readonly address: string;
  /** The second line on standard output. */
  readonly second: string;
  readonly stderr: Promise<string>;
  /** Ends it as a person would; gives the exit code. */
  stop(): Promise<number | null>;
}

/**
 * `assent up`, once it listens; killed after the test if it is still there. `under` is a command, with its arguments, that becomes
 * the one that follows.
 */
export async function up(
  t: Pick<TestContext, 'after'>,
  args: readonly string[],
  env: Record<string, string>,
  program = cli,
  under: readonly string[] = [],
): Promise<Up> {
  const [command = '', ...rest] = [...under, process.execPath, program, 'up', ...args];
  const child = spawn(command, rest, {
    env: clean(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const stderr = read(child.stderr);
  defer(t, async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  const [first = '', second = ''] = lines;
  assert.match(first, /^listening on http:\/\//, await stderrSoFar(child, stderr));
  const stop = async () => {
    child.kill('SIGTERM');
    return (await exited)[0];
  };
  return { child, address: first.replace('listening on ', ''), second, stderr, stop };
}

async function stderrSoFar(child: ChildProcess, stderr: Promise<string>): Promise<string> {
  return child.exitCode === null ? 'the first line is the address' : stderr;
}

/** Nothing of the developer's own environment reaches the command, but what it takes to run at all. */
function clean(env: Record<string, string>): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env;
  return {
    PATH,
    NO_COLOR: '1',
    ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
    ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }),
    ...env,
  };
}

async function read(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
