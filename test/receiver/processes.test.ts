// A step ends when it should, takes with it what it started, and says exactly what it wrote.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Step } from '../../src/pack/pack.ts';
import { poll } from '../support/poll.ts';
import { exec, readAll, receiver, signedPack, type TestReceiver } from '../support/receiver.ts';
import { type Daemon, daemon } from './daemon.ts';
import { readReply } from './reply.ts';

/** Far below the minute that the programs here would take, and far above what a busy machine makes of 250 ms. */
const soonMs = 30_000;

function bash(code: string, timeoutMs = 0): Step {
  return { op: 'exec', argv: ['/bin/bash', '-c', code], cwd: '', timeoutMs };
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const began = performance.now();
  return [await work(), performance.now() - began];
}

function isAlive(pid: number): boolean {
  try {
    // A process that only waits to be reaped is gone for our purposes.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The process ids that a step has written to files, one each. */
async function pidsIn(r: Pick<TestReceiver, 'root'>, ...names: readonly string[]): Promise<number[]> {
  const read = (name: string) => {
    const path = join(r.root, name);
    return existsSync(path) && Number(readFileSync(path, 'utf8').trim());
  };
  return Promise.all(names.map((name) => poll(`${name} is written`, () => read(name) || undefined)));
}

/** As `poll`, for what must not take as long. */
async function endsSoon({ child }: Daemon): Promise<void> {
  const began = performance.now();
  await poll('it has ended', () => child.exitCode !== null || performance.now() - began > soonMs);
  assert.notEqual(child.exitCode, null, `it still runs after ${soonMs} ms`);
}

async function allGone(pids: readonly number[]): Promise<void> {
  for (const pid of pids) await poll(`process ${pid} is gone`, () => !isAlive(pid));
}

const stubborn = {
  'it sleeps': 'sleep 60',
  'it closes its output and sleeps': 'exec >&- 2>&-; sleep 60',
  'it ignores every signal that it can': "trap '' TERM INT HUP PIPE; while :; do sleep 60; done",
  'it never stops writing': 'exec /usr/bin/yes',
  'it has a tree of children': '(sleep 60 & sleep 60 & wait) & sleep 60 & wait',
};

for (const [how, code] of Object.entries(stubborn))
  test(`a time limit ends a step although ${how}`, async (t) => {
    const r = await receiver(t);
    const [reply, ms] = await timed(() =>
      r.run([bash(`echo $$ >pid; ${code}`, 300), exec('/bin/echo', 'more')]),
    );
    const { steps } = readReply(reply);
    assert.equal(steps.length, 1);
    assert.match(reply, /^STEP 0 exec exit=1 dur_ms=\d+ timed_out=1( truncated=1)?$/m);
    assert.ok(ms >= 300 && ms < soonMs, `${ms} ms`);
    await allGone(await pidsIn(r, 'pid'));
  });

test('a child that holds the output does not hold up the reply, and dies with the step', async (t) => {
  const r = await receiver(t);
  const [reply, ms] = await timed(() => r.run([bash('sleep 60 & echo $! >pid; echo done')]));
  assert.equal(readReply(reply).output.stdout, 'done\n');
  assert.match(reply, /^STEP 0 exec exit=0 dur_ms=\d+$/m);
  assert.ok(ms < soonMs, `${ms} ms`);
  await allGone(await pidsIn(r, 'pid'));
});

test('a child in a session of its own does not hold up the reply either', async (t) => {
  const r = await receiver(t);
  const [reply, ms] = await timed(() =>
    r.run([bash("setsid bash -c 'echo $$ >pid; exec sleep 60' & until [ -s pid ]; do :; done; echo done")]),
  );
  const [pid = 0] = await pidsIn(r, 'pid');
  t.after(() => isAlive(pid) && process.kill(pid, 'SIGKILL'));
  assert.equal(readReply(reply).output.stdout, 'done\n');
  assert.ok(ms < soonMs, `${ms} ms`);
});

test('no limit and the longest limit do not end a step at once', async (t) => {
  const r = await receiver(t);
  for (const timeoutMs of [0, 2 ** 31 - 1, 2 ** 31, 4_294_967_295]) {
    const { steps, output } = readReply(await r.run([bash('sleep 0.2; echo done', timeoutMs)]));
    assert.equal(steps[0]?.ok, true, `${timeoutMs}`);
    assert.equal(output.stdout, 'done\n');
  }
});

test('a flood is read and thrown away, and the first bytes are kept exactly', async (t) => {
  const r = await receiver(t, { maxOutput: 10_000 });
  const code = "head -c 3000000 /dev/zero | tr '\\0' a; head -c 3000000 /dev/zero | tr '\\0' b >&2";
  const reply = await r.run([bash(code)]);
  const { steps, output } = readReply(reply);
  assert.equal(steps[0]?.ok, true);
  assert.match(reply, /^STEP 0 exec exit=0 dur_ms=\d+ truncated=1$/m);
  assert.equal(output.stdout, 'a'.repeat(10_000));
  assert.equal(output.stderr, 'b'.repeat(10_000));
});

test('output of just the limit is whole, and a byte more is not', async (t) => {
  const r = await receiver(t, { maxOutput: 1000 });
  for (const [size, truncated] of [
    [999, false],
    [1000, false],
    [1001, true],
  ] as const) {
    const reply = await r.run([bash(`head -c ${size} /dev/zero | tr '\\0' a`)]);
    assert.equal(reply.includes('truncated=1'), truncated, `${size}`);
    assert.equal(readReply(reply).output.stdout.length, Math.min(size, 1000));
  }
});

test('a flood of two streams until the time limit takes no memory', { timeout: 60_000 }, async (t) => {
  const d = await daemon(t, { flags: ['--max-output', '1000'] });
  const peak = () =>
    Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${d.child.pid}/status`, 'utf8'))?.[1]);
  await d.run([exec('/bin/echo')]);
  const before = peak();
  await d.run([bash('/usr/bin/yes >&2 & exec /usr/bin/yes', 1000)]);
  // Gigabytes went by. What the garbage collector has not come to yet is no leak.
  assert.ok(peak() - before < 300_000, `${peak() - before} kB more`);
});

test('a sender that does not read does not fill the memory', { timeout: 60_000 }, async (t) => {
  const d = await daemon(t, {
    policy: `default cmd=/usr/bin/head cmd=/bin/bash\n`,
    flags: ['--io-timeout-ms', '60000'],
  });
  const resident = () =>
    Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${d.child.pid}/status`, 'utf8'))?.[1]);
  const steps = Array.from({ length: 800 }, () => exec('/usr/bin/head', '-c', '262144', '/dev/zero'));
  const before = resident();
  const socket = await d.open();
  t.after(() => socket.destroy());
  socket.end(signedPack([...steps, bash('echo >all-ran')]));
  let most = 0;
  const began = performance.now();
  await poll('it waits for the sender, or all has run', () => {
    most = Math.max(most, resident() - before);
    return existsSync(join(d.root, 'all-ran')) || most > 100_000 || performance.now() - began > 4000;
  });
  assert.ok(most < 100_000, `${most} kB more`);
});

/** Above the three streams, and not closed when another program starts: so it came from whoever started this one. */
function isHandedDown(fd: string): boolean {
  if (Number(fd) < 3) return false;
  try {
    const flags = /^flags:\s+([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0';
    return (Number.parseInt(flags, 8) & 0o2000000) === 0;
  } catch {
    return false;
  }
}

test('nothing of the receiver is open in a step, and its input is empty', async (t) => {
  const r = await receiver(t);
  const others = await Promise.all([r.open(), r.open()]);
  t.after(() => others.forEach((one) => one.destroy()));
  const slow = r.run([bash('until [ -e go ]; do sleep 0.01; done')]);
  const reply = await r.run([
    exec('/bin/ls', '-l', '/proc/self/fd'),
    exec('/usr/bin/wc', '-c', '/dev/stdin'),
    bash('readlink /proc/$$/fd/0; >go'),
  ]);
  await slow;
  const { output } = readReply(reply);
  const [listed = '', input] = output.stdout.split(/(?=^0 \/dev\/stdin)/m);
  const open = [...listed.matchAll(/ (\d+) -> (.*)$/gm)].map(
    ([, fd, to = '']) => `${fd} ${to.replace(/:.*/, '')}`,
  );
  const handedDown = readdirSync('/proc/self/fd').filter(isHandedDown);
  // What lists a folder has it open; and what this process was started with is not the receiver's doing.
  const own = open.filter(
    (line) => !/^\d+ \/proc\/\d+\/fd$/.test(line) && !handedDown.includes(line.split(' ')[0] ?? ''),
  );
  assert.deepEqual(own, ['0 /dev/null', '1 socket', '2 socket']);
  assert.equal(input, '0 /dev/stdin\n/dev/null\n');
});

test('what a program writes is never taken for a line of the reply', async (t) => {
  const r = await receiver(t);
  const forged = [
    'STEP 1 exec exit=0 dur_ms=1',
    'OK pack_id=00000000000000000000000000000000 steps=9',
    'ERR replay',
    '--- STDERR (7 bytes) ---',
    'STEP 0 ERR cmd_not_allowed',
  ].join('\n');
  for (const end of ['\n', '', '\n\n', '\r']) {
    const text = `${forged}${end}`;
    const steps = [
      exec('/bin/bash', '-c', 'printf %s "$1"', 'x', text),
      exec('/bin/bash', '-c', 'printf %s "$1" >&2', 'x', text),
      exec('/bin/bash', '-c', 'exit 7'),
    ];
    const { steps: said, output, refused } = readReply(await r.run(steps));
    assert.equal(refused, undefined);
    assert.deepEqual(output, { stdout: text, stderr: text });
    assert.deepEqual(
      said.map((step) => 'exit' in step && step.exit),
      [0, 0, 7],
    );
  }
});

async function whileRunning(
  t: TestContext,
  end: (socket: Socket, r: TestReceiver) => unknown,
): Promise<void> {
  const r = await receiver(t, { ioTimeoutMs: 300 });
  const socket = await r.open();
  socket.on('error', () => {});
  t.after(() => socket.destroy());
  const code = "trap '' TERM HUP; echo $$ >first; sleep 60 >/dev/null 2>&1 & echo $! >second; wait; sleep 60";
  socket.end(signedPack([bash(code), bash('echo >next')]));
  socket.resume();
  const pids = await pidsIn(r, 'first', 'second');
  const [, ms] = await timed(async () => {
    await end(socket, r);
    await allGone(pids);
  });
  assert.ok(ms < soonMs, `${ms} ms`);
  await r.stop();
  assert.ok(!existsSync(join(r.root, 'next')), 'the next step does not run');
}

test('a sender that resets the connection ends what it started', (t) =>
  whileRunning(t, (socket) => socket.resetAndDestroy()));
test('a sender that closes the connection ends what it started', (t) =>
  whileRunning(t, (socket) => socket.destroy()));
test('a receiver that stops ends what runs', (t) => whileRunning(t, (_socket, r) => r.stop()));

test('SIGTERM ends what runs, and then the receiver', async (t) => {
  const d = await daemon(t);
  const socket = await d.open();
  t.after(() => socket.destroy());
  socket.end(signedPack([bash('echo $$ >pid; sleep 60')]));
  const reply = readAll(socket);
  const pids = await pidsIn(d, 'pid');
  await d.end('SIGTERM');
  assert.equal(d.child.exitCode, 0);
  await allGone(pids);
  assert.match(await reply, /^STEP 0 exec exit=1 dur_ms=\d+ signal=SIGKILL$/m);
});

for (const how of ['resetAndDestroy', 'destroy'] as const)
  test(`SIGTERM does not wait for a sender that has gone (${how})`, { timeout: 60_000 }, async (t) => {
    const d = await daemon(t);
    const socket = await d.open();
    socket.on('error', () => {}).end(signedPack([bash('echo $$ >pid; sleep 60')]));
    const pids = await pidsIn(d, 'pid');
    socket[how]();
    await allGone(pids);
    d.child.kill('SIGTERM');
    await endsSoon(d);
  });

test('SIGTERM does not wait for senders that say nothing, and hear and do not hang up', async (t) => {
  const d = await daemon(t, { flags: ['--io-timeout-ms', '60000'] });
  const silent = await d.open();
  const heard = await d.open();
  for (const one of [silent, heard]) t.after(() => one.on('error', () => {}).destroy());
  heard.write('x'.repeat(20));
  heard.pause();
  d.child.kill('SIGTERM');
  await endsSoon(d);
});

test('a receiver with too few descriptors refuses the step, and lives', { timeout: 60_000 }, async (t) => {
  const d = await daemon(t, { before: 'ulimit -n 60;', flags: ['--io-timeout-ms', '60000'] });
  const held: Socket[] = [];
  t.after(() => held.forEach((one) => one.destroy()));
  const open = () =>
    d
      .open()
      .then((one) => one.on('error', () => {}))
      .catch(() => undefined);
  // One more each time, so that descriptors run out at every place where they can.
  for (let more = 0; more < 45 && d.child.exitCode === null; more++) {
    const asking = await open();
    asking?.end(signedPack([exec('/bin/echo', 'hi')]));
    if (asking !== undefined) await readAll(asking).catch(() => '');
    const silent = await open();
    if (silent !== undefined) held.push(silent);
  }
  for (const one of held) one.destroy();
  let reply = '';
  for (let times = 0; times < 50 && d.child.exitCode === null && !reply.endsWith('\nhi\n'); times++)
    reply = await d.run([exec('/bin/echo', 'hi')]).catch(() => '');
  assert.equal(d.child.exitCode, null, d.said().slice(-600));
  assert.match(reply, /\nhi\n$/);
});

test('a program that cannot start is an error of its step alone', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/nothing-here cmd=/bin/echo\n' });
  const missing = await r.run([exec('/bin/nothing-here'), exec('/bin/echo')]);
  assert.match(missing, /^STEP 0 exec exit=1 dur_ms=\d+ error=failed to spawn command: /m);
  const long = Array.from({ length: 50 }, () => 'a'.repeat(65_000));
  assert.match(await r.run([exec('/bin/echo', ...long)]), /^STEP 0 /m);
  assert.match(await r.run([exec('/bin/echo', 'hi')]), /\nhi\n$/);
});
