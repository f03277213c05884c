// What action packs cost. Each ratio is of one run and one process: bare node:crypto beside our sign and verify, a bare spawn
// beside a round trip to a receiver that runs the same command, ssh beside `assent action-pack run`. dist/ must be built.
// `PACKS=1000 node bench/packs.ts` sends fewer of them while it watches the receiver's memory.
import { type ChildProcess, execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { decodeEnvelope } from '../src/pack/envelope.ts';
import { generateKey, privateKeyPem, publicKeyText } from '../src/pack/keys.ts';
import type { ExecStep, Step } from '../src/pack/pack.ts';
import { decodePayload } from '../src/pack/payload.ts';
import { makePack, signPack } from '../src/pack/sign.ts';
import { verifyEnvelope } from '../src/pack/verify.ts';
import type { Options } from '../src/receiver/options.ts';
import { type Bench, bounded } from './support/bounded.ts';
import type { BenchProcess } from './support/process.ts';
import { median, sized } from './support/rounds.ts';

const cli = join(import.meta.dirname, '..', 'dist', 'cli.js');
const packs = Number(process.env.PACKS ?? sized(100_000, 20));
const key = generateKey();
const echo: ExecStep = { op: 'exec', argv: ['/bin/echo', 'hi'], cwd: '', timeoutMs: 10_000 };

await bounded(async (bench) => {
  writeFiles(bench.folder);
  crypto();
  await roundTrips(bench);
  await besideSsh(bench);
  await memory(bench);
});

function writeFiles(folder: string): void {
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
  const times = sized(1000, 10);
  for (let round = 0; round < 9; round++) {
    for (const [name, op] of Object.entries(ops)) {
      const began = performance.now();
      for (let count = 0; count < times; count++) op();
      // The first rounds compile the code.
      if (round > 1) (rates[name] ??= []).push((times * 1000) / (performance.now() - began));
    }
  }
  return Object.fromEntries(Object.entries(rates).map(([name, all]) => [name, median(all)]));
}

/** The receiver in a process of its own, as always; the spawn beside it is timed in that process. */
async function roundTrips(bench: Bench): Promise<void> {
  const rounds = sized(300, 3);
  const warmUps = sized(20, 1);
  const script = join(import.meta.dirname, 'support', 'packs-receiver.ts');
  bench.step('the receiver that times a bare spawn');
  const receiver = bench.start(process.execPath, [script, JSON.stringify(receiverOptions(bench.folder))], {
    ipc: true,
  });
  const { address, nothing } = await answerOf<{ address: string; nothing: { port: number } }>(receiver);
  const timings: Record<string, number[]> = { spawn: [], trip: [], one: [], ten: [], refused: [] };
  for (let round = 0; round < warmUps + rounds; round++) {
    bench.step('a round of packs');
    const one = packOf([echo]);
    const ten = packOf(Array.from({ length: 10 }, () => echo));
    const refused = packOf([{ ...echo, argv: ['/bin/false'] }]);
    receiver.child.send('spawn');
    const took = {
      spawn: (await answerOf<{ ms: number }>(receiver)).ms,
      trip: await timed(() => ask(`127.0.0.1:${nothing.port}`, one)),
      one: await timed(() => ask(address, one)),
      ten: await timed(() => ask(address, ten)),
      refused: await timed(() => ask(address, refused)),
    };
    // The first rounds compile the code.
    if (round >= warmUps) for (const [name, ms] of Object.entries(took)) timings[name]?.push(ms);
  }
  bench.step('the receiver to end');
  receiver.child.disconnect();
  await receiver.ended;
  const ms = (name: string) => median(timings[name] ?? []);
  console.log(`milliseconds, medians of ${rounds}:`);
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

async function answerOf<T>(receiver: BenchProcess): Promise<T> {
  // `packs-receiver.ts` answers in this shape.
  const [answer] = (await receiver.whileItRuns(once(receiver.child, 'message'))) as [T];
  return answer;
}

function receiverOptions(folder: string): Options {
  const at = (name: string) => join(folder, name);
  return {
    listen: { host: '127.0.0.1', port: 0 },
    root: at('root'),
    pubkeys: at('action_pack_pubkeys'),
    policy: at('action_pack.policy'),
    defaultPolicy: at('action_pack.policy'),
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

async function besideSsh(bench: Bench): Promise<void> {
  if (!existsSync('/usr/sbin/sshd') || spawnSync('ssh', ['-V']).status !== 0) {
    console.log('ssh is not installed (openssh-server): not compared');
    return;
  }
  const rounds = sized(30, 1);
  const warmUps = sized(3, 0);
  const { folder } = bench;
  const port = await freePort();
  const sshd = await startSshd(bench, port);
  const receiver = await startReceiver(bench);
  const known = ['-o', 'StrictHostKeyChecking=no', '-o', `UserKnownHostsFile=${join(folder, 'known')}`];
  const login = ['-i', join(folder, 'id'), '-p', String(port), `${userInfo().username}@127.0.0.1`];
  const ssh = ['-F', 'none', '-o', 'BatchMode=yes', '-q', ...known, ...login, '/bin/echo', 'hi'];
  const ours = [cli, 'action-pack', 'run', '--to', receiver.address, join(folder, 'hi.ap')];
  const env = environment(folder);
  const pairs = Array.from({ length: warmUps + rounds }, () => {
    bench.step('ssh and assent action-pack run');
    return { ssh: bench.timed('ssh', ssh, env), ours: bench.timed(process.execPath, ours, env) };
  }).slice(warmUps);
  const [a, b] = [median(pairs.map((one) => one.ours)), median(pairs.map((one) => one.ssh))];
  console.log(`milliseconds of a whole process, medians of ${rounds}:`);
  console.log(`  assent action-pack run   ${a.toFixed(1)}`);
  console.log(`  ssh, fresh connection    ${b.toFixed(1)}`);
  console.log(`  ratio                    ${(a / b).toFixed(2)}   (at most 0.5 is wanted)`);
  await receiver.stop();
  await sshd.stop();
}

async function startSshd(bench: Bench, port: number): Promise<BenchProcess> {
  const at = (name: string) => join(bench.folder, name);
  for (const name of ['id', 'host'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
  writeFileSync(at('authorized'), readFileSync(at('id.pub')), { mode: 0o600 });
  const settings = [
    `Port=${port}`,
    'ListenAddress=127.0.0.1',
    `HostKey=${at('host')}`,
    `AuthorizedKeysFile=${at('authorized')}`,
    'StrictModes=no',
    'UsePAM=no',
    'PidFile=none',
  ];
  // Where sshd gives up its rights, which it has only as root.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const options = settings.flatMap((one) => ['-o', one]);
  bench.step('sshd to listen');
  const sshd = bench.start('/usr/sbin/sshd', ['-D', '-e', '-f', '/dev/null', ...options]);
  await sshd.line(/listening/);
  return sshd;
}

/** The daemon as it is shipped, once it listens. */
async function startReceiver(
  bench: Bench,
): Promise<{ child: ChildProcess; address: string; stop: () => Promise<void> }> {
  const args = [cli, 'receiver', '--root', join(bench.folder, 'root'), '--listen', '127.0.0.1:0'];
  bench.step('the receiver to listen');
  const receiver = bench.start(process.execPath, args, { env: environment(bench.folder) });
  const [, address = ''] = await receiver.line(/^listening on (\S+)/);
  return { child: receiver.child, address, stop: () => receiver.stop() };
}

function environment(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, ASSENT_HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), NO_COLOR: '1' };
}

async function memory(bench: Bench): Promise<void> {
  const { child, address, stop } = await startReceiver(bench);
  console.log(`memory of the receiver's process, packs that run one step and expire at once:`);
  let sent = 0;
  for (const mark of [0.1, 0.25, 0.5, 0.75, 1].map((share) => Math.round(packs * share))) {
    bench.step(`${mark} packs`, 1800);
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
  await stop();
}

function residentMb(pid: number): string {
  const [, kb = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (Number(kb) / 1024).toFixed(0);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
