import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { StartOptions } from './bounded.ts';

/** How long a program may take to end when it is asked to, ms; then it is killed. */
const endingMs = 5000;

/** A program that a benchmark has started, and what it says on standard output and standard error. */
export class BenchProcess {
  readonly child: ChildProcess;
  /** The exit status; `null` where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves once it has ended and everything that it said was read. */
  readonly #closed: Promise<number | null>;
  readonly #name: string;
  readonly #said: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(
    command: string,
    args: readonly string[],
    { env = process.env, ipc = false }: StartOptions,
    saw: (line: string) => void,
  ) {
    this.#name = [command, ...args].join(' ');
    const stdio = ['ignore', 'pipe', 'pipe', ...(ipc ? ['ipc' as const] : [])] as const;
    this.child = spawn(command, args, { env, stdio: [...stdio] });
    this.ended = this.#statusAt('exit');
    this.#closed = this.#statusAt('close');
    for (const stream of [this.child.stdout, this.child.stderr]) this.#read(stream, saw);
  }

  /** The first line that matches, as the pattern finds it. Throws where the program ends without such a line. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    const { promise, resolve } = Promise.withResolvers<RegExpExecArray>();
    const look = (line: string) => {
      const found = pattern.exec(line);
      if (found !== null) resolve(found);
    };
    for (const line of this.#said) look(line);
    this.#listeners.add(look);
    try {
      return await this.whileItRuns(promise);
    } finally {
      this.#listeners.delete(look);
    }
  }

  /** What comes in from elsewhere. Throws where the program ends before it. */
  async whileItRuns<Value>(value: Promise<Value>): Promise<Value> {
    const early = this.#closed.then((status) => {
      throw new Error(`${this.#name} ended early, with ${status}. It said: ${this.#said.join('\n')}`);
    });
    return Promise.race([value, early]);
  }

  async stop(): Promise<void> {
    const timer = setTimeout(() => this.kill(), endingMs);
    if (this.child.kill('SIGTERM')) await this.ended;
    clearTimeout(timer);
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  #statusAt(event: 'exit' | 'close'): Promise<number | null> {
    const status = once(this.child, event).then(([first]: (number | null)[]) => first ?? null);
    // A program that cannot be started fails where it is waited for, and only there.
    status.catch(() => undefined);
    return status;
  }

  #read(stream: Readable | null, saw: (line: string) => void): void {
    if (stream === null) throw new TypeError('standard output and standard error are pipes');
    createInterface({ input: stream }).on('line', (line) => {
      saw(line);
      this.#said.push(line);
      for (const listener of this.#listeners) listener(line);
    });
  }
}
