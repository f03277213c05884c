import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { realPath } from '../lib/real-path.ts';
import type { Ran } from '../pack/write-reply.ts';
import { type Captured, capture } from './os/capture.ts';
import { systemMessage } from './os/system-message.ts';
import { callAfter } from './os/timer.ts';
import type { Resolved } from './resolve-step.ts';

export interface StepLimits {
  readonly env: Readonly<Record<string, string>>;
  /** 0 is no limit. */
  readonly timeoutMs: number;
  /** Bytes kept of each stream. */
  readonly maxOutput: number;
  /** Aborted when the sender goes away. */
  readonly gone: AbortSignal;
}

type End = Pick<Ran, 'exit' | 'signal' | 'error'>;

/** How long output may still come once the program has ended and something else holds it open. */
const drainMs = 100;
/** How long a killed program may take to be gone. */
const dyingMs = 100;

/**
 * Runs a program to its end, and ends with it whatever it leaves behind in its process group. The path is looked at once more
 * when it has started: a program whose path was turned elsewhere since it was checked is killed.
 */
export async function runStep(step: Resolved, limits: StepLimits): Promise<Ran> {
  const began = performance.now();
  const child = start(step, limits);
  if (child instanceof Error) return resultOf(began, { end: spawnFailure(child), timedOut: false });
  const wasRedirected = child.pid !== undefined && realPath(step.file) !== step.file;
  if (wasRedirected) killGroup(child);
  const output = {
    stdout: capture(child.stdout, limits.maxOutput),
    stderr: capture(child.stderr, limits.maxOutput),
  };
  const how = await untilEnd(child, limits);
  await drained(child, drainMs);
  const end = wasRedirected ? { exit: 1, signal: undefined, error: 'cmd_outside_root' } : how.end;
  return resultOf(began, { ...how, end }, output);
}

/** Some errors are thrown, and others come later: by them the child has no pid. */
function start(step: Resolved, { env }: StepLimits): ChildProcess | Error {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
  try {
    return spawn(step.file, step.args, { argv0: step.argv0, cwd: step.cwd.path, env, stdio, detached: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function resultOf(
  began: number,
  { end, timedOut }: { end: End; timedOut: boolean },
  output?: { stdout: Captured; stderr: Captured },
): Ran {
  const durMs = Math.round(performance.now() - began);
  const truncated = (output?.stdout.truncated || output?.stderr.truncated) ?? false;
  const [stdout, stderr] = [
    output?.stdout.bytes() ?? Buffer.alloc(0),
    output?.stderr.bytes() ?? Buffer.alloc(0),
  ];
  return { ...end, durMs, timedOut, truncated, stdout, stderr };
}

function spawnFailure(error: Error): End {
  return { exit: 1, signal: undefined, error: `failed to spawn command: ${systemMessage(error)}` };
}

async function untilEnd(child: ChildProcess, limits: StepLimits): Promise<{ end: End; timedOut: boolean }> {
  const { promise, resolve } = Promise.withResolvers<End>();
  child.once('error', (error) => resolve(spawnFailure(error)));
  child.once('exit', (code, signal) =>
    resolve({ exit: code ?? 1, signal: signal ?? undefined, error: undefined }),
  );
  let timedOut = false;
  let dying: NodeJS.Timeout | undefined;
  const end = () => {
    killGroup(child);
    // A program that the system cannot end at once does not hold the reply up.
    dying ??= setTimeout(() => resolve({ exit: 1, signal: 'SIGKILL', error: undefined }), dyingMs);
  };
  const stopClock = callAfter(limits.timeoutMs, () => {
    timedOut = true;
    end();
  });
  limits.gone.addEventListener('abort', end);
  if (limits.gone.aborted) end();
  const ended = await promise;
  limits.gone.removeEventListener('abort', end);
  stopClock();
  clearTimeout(dying);
  killGroup(child);
  // At its time limit it is the limit that ended it, whatever it did last.
  return { end: timedOut ? { exit: 1, signal: undefined, error: undefined } : ended, timedOut };
}

/** Kills a child that leads a process group, and all that is in the group. What is not there any more is what was wanted. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // No such group.
  }
}

/** Settles when both streams are at their end, or after `withinMs`, where a process that got away holds them open. */
export async function drained(child: ChildProcess, withinMs: number): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((one) => one !== null && one !== undefined);
  const { promise, resolve } = Promise.withResolvers<void>();
  const closed = () => streams.every((one) => one.closed) && resolve();
  for (const one of streams) one.once('close', closed);
  closed();
  // Whatever came in while this process was busy is read before the time counts.
  const timer = setTimeout(() => setImmediate(() => setImmediate(resolve)), withinMs);
  await promise;
  clearTimeout(timer);
  for (const one of streams) one.destroy();
}
