import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parseAddress } from '../../src/lib/address.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { parsePrivateKey } from '../../src/pack/keys.ts';
import type { Pack, Program, Step } from '../../src/pack/pack.ts';
import { makePack, signPack } from '../../src/pack/sign.ts';
import type { Options } from '../../src/receiver/options.ts';
import { type Receiver, startReceiver } from '../../src/receiver/receiver.ts';
import { defer } from './cleanup-stack.ts';
import { scratchFolder } from './scratch.ts';

export const vectors = join(import.meta.dirname, '..', 'vectors');

export type KeyName = 'default' | 'ops' | 'nopol' | 'stranger';

export function key(name: KeyName) {
  return parsePrivateKey(readFileSync(join(vectors, 'keys', `${name}.pem`), 'utf8'));
}

export interface LogLine {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A receiver in this process, on a free port, with a root and files of its own. */
export interface TestReceiver extends Receiver {
  readonly root: string;
  /** The folder that the root lies in. */
  readonly home: string;
  readonly files: { readonly pubkeys: string; readonly policy: string; readonly seen: string };
  readonly log: LogLine[];
  readonly options: Options;
  /** Sends bytes, ends the stream, and reads the answer to its end. */
  readonly ask: (bytes: Uint8Array) => Promise<string>;
  /** The same for a pack of these steps, signed now. */
  readonly run: (steps: readonly Step[], signed?: Partial<Signed>) => Promise<string>;
  readonly open: () => Promise<Socket>;
}

export interface Signed {
  readonly as: KeyName;
  readonly env: Readonly<Record<string, string>>;
  readonly ttlMs: number;
  readonly change: (pack: Pack) => Pack;
}

export interface ReceiverSetup extends Partial<Omit<Options, 'policy' | 'root'>> {
  /** The policy's text. */
  readonly policy?: string;
  readonly now?: Clock;
  readonly home?: string;
}

export async function receiver(
  t: Pick<TestContext, 'after'>,
  setup: ReceiverSetup = {},
): Promise<TestReceiver> {
  const { policy, now, home = scratchFolder(t), ...given } = setup;
  const root = join(home, 'root');
  mkdirSync(root, { recursive: true });
  const files = {
    pubkeys: join(home, 'action_pack_pubkeys'),
    policy: join(home, 'action_pack.policy'),
    seen: join(home, 'action_pack_seen'),
  };
  writeFileSync(files.pubkeys, readFileSync(join(vectors, 'keys', 'pubkeys')), { mode: 0o600 });
  if (policy !== undefined) writeFileSync(files.policy, policy, { mode: 0o600 });
  const options: Options = {
    listen: { host: '127.0.0.1', port: 0 },
    root,
    pubkeys: files.pubkeys,
    policy: policy === undefined ? undefined : files.policy,
    defaultPolicy: join(home, 'no.policy'),
    seen: files.seen,
    conf: join(home, 'action_pack_receiver.conf'),
    allowLocal: true,
    allowTailscale: true,
    maxConns: 8,
    ioTimeoutMs: 5000,
    maxRequest: 4 * 1024 * 1024,
    maxOutput: 256 * 1024,
    ...given,
  };
  const log: LogLine[] = [];
  const started = await startReceiver(options, (event, fields) => log.push({ event, fields }), now);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= started.stop();
    return stopped;
  };
  defer(t, stop);
  const open = () => opened(started.address);
  const ask = async (bytes: Uint8Array) => {
    const socket = await open();
    socket.end(bytes);
    return readAll(socket);
  };
  const run = (steps: readonly Step[], signed?: Partial<Signed>) => ask(signedPack(steps, signed));
  return { ...started, stop, root, home, files, log, options, ask, run, open };
}

export function signedPack(steps: readonly Step[], signed: Partial<Signed> = {}): Buffer {
  const { as = 'default', env = {}, ttlMs = 60_000, change = (pack) => pack } = signed;
  const program: Program = { env: new Map(Object.entries(env)), steps };
  return signPack(change(makePack(program, { keyId: as, now: Date.now(), ttlMs })), key(as));
}

export function exec(...argv: string[]): Step {
  return { op: 'exec', argv, cwd: '', timeoutMs: 10_000 };
}

export function put(path: string, text: string, mode = 0o644): Step {
  return { op: 'write', path, mode, data: Buffer.from(text) };
}

export function script(path: string, text: string, mode = 0o755): void {
  writeFileSync(path, `#!/bin/bash\n${text}\n`);
  chmodSync(path, mode);
}

export async function opened(address: string): Promise<Socket> {
  const at = parseAddress(address);
  if (at === undefined) throw new TypeError(`${address} is no address`);
  const socket = connect({ ...at, allowHalfOpen: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}

export async function readAll(socket: Socket): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
