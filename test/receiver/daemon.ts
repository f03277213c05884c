import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import type { Step } from '../../src/pack/pack.ts';
import { defer } from '../support/cleanup-stack.ts';
import { opened, readAll, type Signed, signedPack, vectors } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';

const program = join(import.meta.dirname, '..', '..', 'src', 'main', 'assent-receiver.ts');

/** A receiver that is a process of its own: what can be killed, starved and sent signals. */
export interface Daemon {
  readonly child: ChildProcess;
  readonly home: string;
  readonly root: string;
  readonly address: string;
  /** All that it has said on standard error so far. */
  readonly said: () => string;
  readonly ask: (bytes: Uint8Array) => Promise<string>;
  readonly run: (steps: readonly Step[], signed?: Partial<Signed>) => Promise<string>;
  readonly open: () => Promise<Socket>;
  /** Settles when the process has ended, whatever ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

export interface DaemonSetup {
  readonly home?: string;
  readonly policy?: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Shell words before the program, as `ulimit -n 45;`. */
  readonly before?: string;
}

/** Starts one, with the test keys and a folder of its own; throws what it says where it does not start. */
export async function daemon(t: Pick<TestContext, 'after'>, setup: DaemonSetup = {}): Promise<Daemon> {
  const { home = scratchFolder(t), policy, flags = [], env = {}, before = '' } = setup;
  const root = join(home, 'root');
  mkdirSync(root, { recursive: true });
  const keys = readFileSync(join(vectors, 'keys', 'pubkeys'));
  writeFileSync(join(home, 'action_pack_pubkeys'), keys, { mode: 0o600 });
  if (policy !== undefined) writeFileSync(join(home, 'action_pack.policy'), policy, { mode: 0o600 });
  const args = [process.execPath, program, '--root', root, '--listen', '127.0.0.1:0', ...flags];
  const child = spawn('/bin/bash', ['-c', `${before} exec "$@"`, 'bash', ...args], {
    env: { PATH: '/usr/bin:/bin', HOME: home, ASSENT_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  defer(t, () => end('SIGKILL'));
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
  });
  const firstLine = once(createInterface(child.stdout), 'line').then(([line]) => String(line));
  const line = await Promise.race([firstLine, exited.then(() => undefined)]);
  if (line === undefined) throw new Error(`it did not start: ${said}`);
  const address = line.replace('listening on ', '');
  const open = () => opened(address);
  const ask = async (bytes: Uint8Array) => {
    const socket = await open();
    socket.end(bytes);
    return readAll(socket);
  };
  const run = (steps: readonly Step[], signed?: Partial<Signed>) => ask(signedPack(steps, signed));
  return { child, home, root, address, said: () => said, ask, run, open, end };
}
