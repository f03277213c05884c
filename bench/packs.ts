// What action packs cost. Each ratio is of one run and one process: bare node:crypto beside our sign and verify, a bare spawn
// beside a round trip to a receiver that runs the same command, ssh beside `assent action-pack run`. dist/ must be built.
import { type ChildProcess, execFileSync, fork, spawn, spawnSync } from 'node:child_process';
import { createPublicKey, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodeEnvelope } from '../src/pack/envelope.ts';
import { generateKey, privateKeyPem, publicKeyText } from '../src/pack/keys.ts';
import type { ExecStep, Step } from '../src/pack/pack.ts';
import { decodePayload } from '../src/pack/payload.ts';
import { makePack, signPack } from '../src/pack/sign.ts';
import { verifyEnvelope } from '../src/pack/verify.ts';
import type { Options } from '../src/receiver/options.ts';

const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');
const packs = Number(process.argv[2] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), 'assent-bench-packs-'));
const key = generateKey();
const echo: ExecStep = { op: 'exec', argv: ['/bin/echo', 'hi'], cwd: '', timeoutMs: 10_000 };

try {
  writeFiles();
  crypto();
  await roundTrips();
  await besideSsh();
  await memory();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeFiles(): void {
  mkdirSync(join(folder, 'root'));
  mkdirSync(join(folder, 'keys'));
  const files = {
    action_pack_pubkeys: `default ${publicKeyText(key)}\n`,
    'action_pack.policy': 'default cmd=/bin/echo\n',
    'keys/default.pem': privateKeyPem(key),
    'hi.ap': 'exec /bin/echo hi\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
}

function packOf(steps: readonly Step[], ttlMs = 60_000): Buffer {
  return signPack(makePack({ env: new Map(), steps }, { keyId: 'default', now: Date.now(), ttlMs }), key);
}

/** Interleaved, so that the machine's moods reach both alike. */
function crypto(): void {
  const bytes = packOf([echo]);
  const { payload, signature } = decodeEnvelope(bytes);
  const publicKey = createPublicKey(key);
  const pack = decodePayload(payload);
  const ops = {
    'bare sign': () => sign('sha256', payload, key),
    'our sign (encode, sign, envelope)': () => signPack(pack, key),
    'bare verify': () => verify('sha256', payload, publicKey, signature),
    'our verify (decode, verify)': () => {
      const envelope = decodeEnvelope(bytes);
      decodePayload(envelope.payload);
      verifyEnvelope(envelope, publicKey);
    },
    'our decode': () => decodePayload(decodeEnvelope(bytes).payload),
  };
  const rates = ratesOf(ops);
  console.log('a second:');
  for (const [name, rate] of Object.entries(rates)) console.log(`  ${name.padEnd(36)}${Math.round(rate)}`);
  const ratio = (ours: string, bare: string) => ((rates[ours] ?? 0) / (rates[bare] ?? 1)).toFixed(2);
  console.log(
    `  verify / bare    ${ratio('our verify (decode, verify)', 'bare verify')}   (at least 0.7 is wanted)`,
  );
  console.log(`  sign / bare      ${ratio('our sign (encode, sign, envelope)', 'bare sign')}`);
}

function ratesOf(ops: Readonly<Record<string, () => void>>): Record<string, number> {
  const rates: Record<string, number[]> = {};
  for (let round = 0; round < 9; round++) {
    for (const [name, op] of Object.entries(ops)) {
      const began = performance.now();
      for (let count = 0; count < 1000; count++) op();
      // The first rounds compile the code.
      if (round > 1) (rates[name] ??= []).push(1_000_000 / (performance.now() - began));
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
}

/** The receiver in a process of its own, as always; the spawn beside it is timed in that process. */
async function roundTrips(): Promise<void> {
  const child = fork(join(import.meta.dirname, 'packs-receiver.ts'), [JSON.stringify(receiverOptions())]);
  const { address, nothing } = await answerOf<{ address: string; nothing: { port: number } }>(child);
  const timings: Record<string, number[]> = { spawn: [], trip: [], one: [], ten: [], refused: [] };
  for (let round = 0; round < 320; round++) {
    const one = packOf([echo]);
    const ten = packOf(Array.from({ length: 10 }, () => echo));
    const refused = packOf([{ ...echo, argv: ['/bin/false'] }]);
    child.send('spawn');
    const took = {
      spawn: (await answerOf<{ ms: number }>(child)).ms,
      trip: await timed(() => ask(`127.0.0.1:${nothing.port}`, one)),
      one: await timed(() => ask(address, one)),
      ten: await timed(() => ask(address, ten)),
      refused: await timed(() => ask(address, refused)),
    };
    // The first rounds compile the code.
    if (round >= 20) for (const [name, ms] of Object.entries(took)) timings[name]?.push(ms);
  }
  const gone = once(child, 'exit');
  child.disconnect();
  await gone;
  const ms = (name: string) => median(timings[name] ?? []);
  console.log('milliseconds, medians of 300:');
  console.log(`  bare spawn of the command     ${ms('spawn').toFixed(2)}`);
  console.log(`  a round trip for nothing      ${ms('trip').toFixed(2)}`);
  console.log(`  a pack of one step            ${ms('one').toFixed(2)}`);
  console.log(
    `  a pack of ten steps           ${ms('ten').toFixed(2)}   (${(ms('ten') / 10).toFixed(2)} a step)`,
  );
  console.log(`  a pack whose step is refused  ${ms('refused').toFixed(2)}`);
  console.log(
    `  one step - spawn              ${(ms('one') - ms('spawn')).toFixed(2)}   (at most 0.5 is wanted)`,
  );
}

async function answerOf<T>(child: ChildProcess): Promise<T> {
  // bench/packs-receiver.ts answers in this shape.
  const [answer] = (await once(child, 'message')) as [T];
  return answer;
}

function receiverOptions(): Options {
  const at = (name: string) => join(folder, name);
  return {
    listen: { host: '127.0.0.1', port: 0 },
    root: at('root'),
    pubkeys: at('action_pack_pubkeys'),
    policy: at('action_pack.policy'),
    usualPolicy: at('action_pack.policy'),
    seen: at('action_pack_seen_here'),
    conf: at('action_pack_receiver.conf'),
    allowLocal: true,
    allowTailscale: true,
    maxConns: 8,
    ioTimeoutMs: 5000,
    maxRequest: 4_194_304,
    maxOutput: 262_144,
  };
}

async function ask(address: string, envelope: Buffer): Promise<string> {
  const [host, port] = address.split(':');
  const socket = connect({ host: host ?? '', port: Number(port), allowHalfOpen: true, noDelay: true });
  socket.end(envelope);
  let reply = '';
  for await (const part of socket) reply += String(part);
  return reply;
}

async function besideSsh(): Promise<void> {
  if (!existsSync('/usr/sbin/sshd') || spawnSync('ssh', ['-V']).status !== 0) {
    console.log('ssh is not installed (openssh-server): not compared');
    return;
  }
  const port = await freePort();
  const sshd = await startSshd(port);
  const receiver = await startProcess([
    'receiver',
    '--root',
    join(folder, 'root'),
    '--listen',
    '127.0.0.1:0',
  ]);
  const options = ['-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(folder, 'known')}`];
  const login = ['-i', join(folder, 'id'), '-p', String(port), `${userInfo().username}@127.0.0.1`];
  const ssh = () =>
    run('ssh', ['-F', 'none', '-o', 'BatchMode=yes', '-q', ...options, ...login, '/bin/echo', 'hi']);
  const ours = () =>
    run(process.execPath, [cli, 'action-pack', 'run', '--to', receiver.address, join(folder, 'hi.ap')]);
  try {
    const pairs = Array.from({ length: 33 }, () => ({ ssh: ssh(), ours: ours() })).slice(3);
    const [a, b] = [median(pairs.map((one) => one.ours)), median(pairs.map((one) => one.ssh))];
    console.log('milliseconds of a whole process, medians of 30:');
    console.log(`  assent action-pack run   ${a.toFixed(1)}`);
    console.log(`  ssh, fresh connection    ${b.toFixed(1)}`);
    console.log(`  ratio                    ${(a / b).toFixed(2)}   (at most 0.5 is wanted)`);
  } finally {
    await ended(receiver.child);
    await ended(sshd);
  }
}

async function startSshd(port: number): Promise<ChildProcess> {
  for (const name of ['id', 'host'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'id.pub')), { mode: 0o600 });
  const settings = [
    `Port=${port}`,
    'ListenAddress=127.0.0.1',
    `HostKey=${join(folder, 'host')}`,
    `AuthorizedKeysFile=${join(folder, 'authorized')}`,
    'StrictModes=no',
    'UsePAM=no',
    'PidFile=none',
  ];
  mkdirSync('/run/sshd', { recursive: true });
  const options = settings.flatMap((one) => ['-o', one]);
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', '/dev/null', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of createInterface({ input: sshd.stderr })) if (line.includes('listening')) break;
  sshd.stderr.resume();
  return sshd;
}

/** The daemon as it is shipped, once it listens. */
async function startProcess(args: readonly string[]): Promise<{ child: ChildProcess; address: string }> {
  const env = environment();
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout }))
    return { child, address: line.replace('listening on ', '') };
  throw new Error(`assent ${args.join(' ')} ended before it listened`);
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, ASSENT_HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), NO_COLOR: '1' };
}

async function memory(): Promise<void> {
  const { child, address } = await startProcess([
    'receiver',
    '--root',
    join(folder, 'root'),
    '--listen',
    '127.0.0.1:0',
  ]);
  console.log(`memory of the receiver's process, packs that run one step and expire at once:`);
  try {
    let sent = 0;
    for (const mark of [0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(packs * share))) {
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          while (sent < mark) {
            sent++;
            const reply = await ask(address, packOf([echo], 1));
            if (!reply.includes('exec exit=0')) throw new Error(`not run: ${reply}`);
          }
        }),
      );
      console.log(`  after ${String(mark).padStart(6)} packs   ${residentMb(child.pid ?? 0)} MB`);
    }
  } finally {
    await ended(child);
  }
}

function residentMb(pid: number): string {
  const [, kb = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kb) / 1024).toFixed(0);
}

function run(command: string, args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { env: environment(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  if (child.kill('SIGTERM')) await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
