// A benchmark ends by itself: with its figures, or with status 1 and a sentence that says which step it waited for and what
// it saw last. Either way, everything that it started has ended, and its folder is gone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cleanup, CleanupStack } from '../../test/support/cleanup-stack.ts';
import { BenchProcess } from './process.ts';

/** How long a step may take that doesn't say so itself. */
const usualSeconds = 60;
/** How long closing everything may take together, and how long a process may go on afterwards. */
const closingMs = 10_000;

export interface Bench extends Cleanup {
  /** Empty at first, and gone afterwards. */
  readonly folder: string;
  /** Names what comes next. The benchmark fails where the next step doesn't begin in time. */
  step(name: string, seconds?: number): void;
  /** Starts a program, which is stopped at the latest when the benchmark is over. */
  start(command: string, args: readonly string[], options?: StartOptions): BenchProcess;
  /** Runs a program to its end; gives how long the whole process took, ms. */
  timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): number;
}

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it sends and receives messages. */
  readonly ipc?: boolean;
}

/** Runs a benchmark as this process's only work. */
export async function bounded(work: (bench: Bench) => Promise<void>): Promise<void> {
  const bench = new BoundedBench();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => bench.giveUp(`it was stopped by ${signal}`));
  const failures: unknown[] = [];
  await Promise.race([work(bench), bench.gaveUp]).catch((error: unknown) => failures.push(error));
  await bench.close().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) fail(failures);
  // Runs only where something still keeps the process alive by then.
  setTimeout(
    () => fail([new GaveUp('everything is closed, and yet the process did not end')]),
    closingMs,
  ).unref();
}

/** Says it where the figures stand: standard error is the log of a gateway in this process. */
function fail(failures: readonly unknown[]): never {
  const name = `bench/${basename(process.argv[1] ?? '', '.ts')}`;
  for (const one of failures) console.log(`${name} failed: ${toldOf(one)}`);
  process.exit(1);
}

/** Where in the code it went wrong says something about any failure but ours. */
function toldOf(failure: unknown): string {
  if (failure instanceof GaveUp) return failure.message;
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

class GaveUp extends Error {}

class BoundedBench implements Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'assent-bench-'));
  /** Rejects when the benchmark is to end early. */
  readonly gaveUp: Promise<never>;
  readonly #stack = new CleanupStack();
  readonly #reject: (reason: Error) => void;
  readonly #processes: BenchProcess[] = [];
  #step = '';
  #seconds = usualSeconds;
  #timer: NodeJS.Timeout | undefined;
  #seen = 'nothing';
  #isOver = false;

  constructor() {
    const { promise, reject } = Promise.withResolvers<never>();
    this.gaveUp = promise;
    this.#reject = reject;
    this.#stack.after(() => rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 }));
    this.step('its first step');
  }

  readonly after: Cleanup['after'] = (close) => this.#stack.after(close);

  step(name: string, seconds = usualSeconds): void {
    if (this.#isOver) throw new Error(`the benchmark is over, and does not go on with ${name}`);
    clearTimeout(this.#timer);
    this.#step = name;
    this.#seconds = seconds;
    this.#timer = setTimeout(() => this.giveUp(`a step took more than ${seconds} s`), seconds * 1000);
  }

  giveUp(why: string): void {
    this.#reject(new GaveUp(`${why}. It was waiting for: ${this.#step}. It saw last: ${this.#seen}`));
  }

  start(command: string, args: readonly string[], options: StartOptions = {}): BenchProcess {
    if (this.#isOver) throw new Error(`the benchmark is over, and does not start ${command}`);
    const started = new BenchProcess(command, args, options, (line) => {
      this.#seen = line;
    });
    this.#processes.push(started);
    this.after(() => started.stop());
    return started;
  }

  timed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): number {
    const began = performance.now();
    const timeout = this.#seconds * 1000;
    const { status, error, stderr } = spawnSync(command, args, {
      env,
      encoding: 'utf8',
      timeout,
      killSignal: 'SIGKILL',
    });
    const tookMs = performance.now() - began;
    if (status !== 0) {
      const how = error?.message ?? `ended with ${status}`;
      throw new Error(`${this.#step}: ${command} ${args.join(' ')}: ${how}: ${stderr}`);
    }
    return tookMs;
  }

  async close(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const late = new AbortController();
    const closed = this.#stack.close().finally(() => late.abort());
    await Promise.race([closed, sleep(closingMs, undefined, { signal: late.signal }).catch(() => closed)]);
    if (late.signal.aborted) return;
    for (const one of this.#processes) one.kill();
    rmSync(this.folder, { recursive: true, force: true });
    throw new GaveUp(`closing what it had started took more than ${closingMs / 1000} s`);
  }
}
