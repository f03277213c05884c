// A pack runs at most once, whatever happens to the receiver, its disk and the pack's signature; and the order of checks.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  linkSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeEnvelope, encodeEnvelope } from '../../src/pack/envelope.ts';
import type { Pack, Step } from '../../src/pack/pack.ts';
import { poll } from '../support/poll.ts';
import { exec, receiver, signedPack } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';
import { daemon } from './daemon.ts';

const count: Step = exec('/bin/bash', '-c', 'echo ran >>count');

function runsIn(root: string): number {
  const path = join(root, 'count');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

test('64 copies at once run once', async (t) => {
  const r = await receiver(t);
  const pack = signedPack([count]);
  const replies = await Promise.all(Array.from({ length: 64 }, () => r.ask(pack)));
  assert.equal(replies.filter((reply) => reply.startsWith('OK ')).length, 1);
  assert.equal(replies.filter((reply) => reply === 'ERR replay\n').length, 63);
  assert.equal(runsIn(r.root), 1);
});

test('a pack stays run after the receiver is killed', { timeout: 60_000 }, async (t) => {
  const home = scratchFolder(t);
  const first = await daemon(t, { home });
  const pack = signedPack([count, exec('/bin/sleep', '2')]);
  const socket = await first.open();
  socket.on('error', () => {}).end(pack);
  const [part] = await new Promise<Buffer[]>((resolve) => socket.once('data', (data) => resolve([data])));
  assert.match(String(part), /^OK /);
  await first.end('SIGKILL');
  socket.destroy();
  const ran = runsIn(first.root);
  const second = await daemon(t, { home });
  const replies = await Promise.all(Array.from({ length: 8 }, () => second.ask(pack)));
  assert.deepEqual(new Set(replies), new Set(['ERR replay\n']));
  assert.ok(runsIn(second.root) <= Math.max(1, ran));
});

test('a torn last line is taken off, and one that is damaged stops the start', async (t) => {
  const home = scratchFolder(t);
  const first = await receiver(t, { home });
  const pack = signedPack([count]);
  await first.ask(pack);
  await first.stop();
  appendFileSync(first.files.seen, '0123456789abcdef');
  const second = await receiver(t, { home });
  assert.equal(await second.ask(pack), 'ERR replay\n');
  const other = signedPack([count]);
  assert.match(await second.ask(other), /^OK /);
  await second.stop();
  const third = await receiver(t, { home });
  for (const one of [pack, other]) assert.equal(await third.ask(one), 'ERR replay\n');
  await third.stop();
  writeFileSync(first.files.seen, `rubbish\n${readFileSync(first.files.seen, 'utf8')}`);
  await assert.rejects(receiver(t, { home }), { code: 'misconfigured', message: /line 1 is damaged/ });
});

test('a full disk refuses what it cannot remember, runs nothing, and burns nothing', {
  timeout: 60_000,
}, async (t) => {
  const home = scratchFolder(t);
  const seen = join(home, 'action_pack_seen');
  const line = (at: number) => `${at.toString(16).padStart(32, '0')}\t0\n`;
  // The limit counts blocks of 1024 bytes: room for part of a line.
  let text = '';
  for (let at = 1; text.length + line(at).length <= 4096 - 20; at++) text += line(at);
  writeFileSync(seen, text, { mode: 0o600 });
  const full = await daemon(t, { home, before: 'ulimit -S -f 4;' });
  const packs = [0, 1, 2].map(() => signedPack([count]));
  for (const pack of packs) assert.equal(await full.ask(pack), 'ERR replay store unavailable\n');
  for (const reply of await Promise.all(packs.map(full.ask)))
    assert.equal(reply, 'ERR replay store unavailable\n');
  assert.equal(runsIn(full.root), 0);
  assert.equal(readFileSync(seen, 'utf8'), text);
  execFileSync('prlimit', ['--pid', `${full.child.pid}`, '--fsize=1000000:unlimited']);
  for (const pack of packs) assert.match(await full.ask(pack), /^OK /);
  for (const pack of packs) assert.equal(await full.ask(pack), 'ERR replay\n');
  assert.equal(runsIn(full.root), 3);
});

test('a log that cannot be written does not end the receiver', { timeout: 60_000 }, async (t) => {
  const home = scratchFolder(t);
  const log = join(home, 'log');
  writeFileSync(log, 'x'.repeat(6 * 1024));
  const d = await daemon(t, { home, before: `ulimit -f 8; exec 2>>${log};` });
  for (let times = 0; times < 30 && d.child.exitCode === null; times++)
    await d.ask(Buffer.from('no pack at all')).catch(() => '');
  assert.ok(statSync(log).size > 7 * 1024, 'the log is full');
  assert.equal(d.child.exitCode, null, 'it has ended');
  assert.match(await d.run([exec('/bin/echo', 'hi')]), /\nhi\n$/);
});

const groupOrder = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Another signature over the same payload, as good as the first: r and n-s. */
function otherSignature(pack: Uint8Array): Buffer {
  const { payload, signature } = decodeEnvelope(pack);
  const at = Buffer.from(signature);
  const lengthOfR = at[3] ?? 0;
  const r = at.subarray(4, 4 + lengthOfR);
  const s = BigInt(`0x${at.subarray(6 + lengthOfR).toString('hex')}`);
  const hex = (groupOrder - s).toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const other = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  const body = Buffer.concat([Buffer.of(2, r.length), r, Buffer.of(2, other.length), other]);
  return encodeEnvelope({ payload, signature: Buffer.concat([Buffer.of(0x30, body.length), body]) });
}

test('another signature over the same payload is the same pack', async (t) => {
  const r = await receiver(t);
  for (const order of ['first', 'other'] as const) {
    const pack = signedPack([count]);
    const other = otherSignature(pack);
    assert.notDeepEqual(other, pack);
    const [one, two] = order === 'first' ? [pack, other] : [other, pack];
    assert.match(await r.ask(one), /^OK /);
    assert.equal(await r.ask(two), 'ERR replay\n');
  }
  assert.equal(runsIn(r.root), 2);
});

test('a bad signature burns nothing, and a refused step burns', async (t) => {
  const r = await receiver(t);
  const pack = signedPack([count]);
  const forged = Buffer.from(pack);
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  for (const bad of [
    forged,
    signedPack([count], { as: 'stranger', change: (one) => ({ ...one, keyId: 'default' }) }),
  ])
    assert.match(await r.ask(bad), /^ERR signature invalid: /);
  assert.match(await r.ask(pack), /^OK /);
  const refused = signedPack([exec('f'), count]);
  assert.match(await r.ask(refused), /\nSTEP 0 ERR cmd_not_allowed\n$/);
  assert.equal(await r.ask(refused), 'ERR replay\n');
  assert.equal(runsIn(r.root), 1);
});

test('a pack is remembered until nobody could run it any more', { timeout: 60_000 }, async (t) => {
  const began = Date.now();
  let now = began;
  const home = scratchFolder(t);
  const setup = { home, now: () => now };
  let r = await receiver(t, setup);
  const again = async () => {
    await r.stop();
    r = await receiver(t, setup);
  };
  const expiresMs = BigInt(began + 1000);
  const pack = signedPack([count], { change: (one) => ({ ...one, expiresMs }) });
  const forEver = signedPack([count], { ttlMs: 0 });
  for (const one of [pack, forEver]) assert.match(await r.ask(one), /^OK /);
  // Enough lines that the file is written anew on the way.
  const fill = async () => {
    const line = (at: number) => `${at.toString(16).padStart(32, 'f')}\t1\n`;
    await r.stop();
    appendFileSync(r.files.seen, Array.from({ length: 1200 }, (_, at) => line(at + 1)).join(''));
    r = await receiver(t, setup);
    for (let times = 0; times < 1300; times += 50)
      await Promise.all(
        Array.from({ length: 50 }, () => r.run([], { change: ({ ...one }) => ({ ...one, createdMs: 0n }) })),
      );
  };
  now = Number(expiresMs) + 30_000;
  await fill();
  for (const one of [pack, forEver]) assert.equal(await r.ask(one), 'ERR replay\n');
  await again();
  for (const one of [pack, forEver]) assert.equal(await r.ask(one), 'ERR replay\n');
  now++;
  assert.equal(await r.ask(pack), 'ERR pack expired\n');
  now += 10 ** 10;
  await again();
  assert.equal(await r.ask(forEver), 'ERR replay\n');
  assert.equal(runsIn(r.root), 2);
});

test('one memory is for one receiver', async (t) => {
  const first = await receiver(t);
  await assert.rejects(receiver(t, { home: first.home }), {
    code: 'misconfigured',
    message: /^Another receiver \(process \d+\) remembers its packs in /,
  });
});

test('a memory that is asked for again stays locked for other processes', { timeout: 60_000 }, async (t) => {
  const first = await receiver(t);
  await assert.rejects(daemon(t, { home: first.home }), /Another receiver/);
  await assert.rejects(receiver(t, { home: first.home }), /Another receiver/);
  await assert.rejects(daemon(t, { home: first.home }), /Another receiver/);
});

test('one memory is for one receiver, under whatever name it goes', async (t) => {
  const first = await receiver(t);
  const home = scratchFolder(t);
  for (const [name, link] of [
    ['symbolic', symlinkSync],
    ['hard', linkSync],
  ] as const) {
    link(first.files.seen, join(home, name));
    await assert.rejects(
      receiver(t, { home: scratchFolder(t), seen: join(home, name) }),
      { code: 'misconfigured' },
      name,
    );
  }
});

// Each row has this fault and all that follow it.
const faults: readonly [words: string, fault: (pack: Pack) => Pack, forge: boolean][] = [
  ['policy missing for key_id: nopol', (pack) => ({ ...pack, keyId: 'nopol' }), true],
  ['unknown key_id: unknown', (pack) => ({ ...pack, keyId: 'unknown' }), true],
  ['signature invalid: ', (pack) => pack, true],
  ['created_ms in future', (pack) => ({ ...pack, createdMs: pack.createdMs + 10n ** 9n }), false],
  ['pack expired', (pack) => ({ ...pack, expiresMs: 1n }), false],
];

test('the first check that fails gives the words', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/bash max_ttl_ms=100000\nunknown\n' });
  const ran = signedPack([count], { change: (pack) => ({ ...pack, packId: 'ab'.repeat(16) }) });
  assert.match(await r.ask(ran), /^OK pack_id=(ab){16} steps=1\n/);
  assert.equal(await r.ask(ran), 'ERR replay\n');
  for (const [at, [words, , forge]] of faults.entries()) {
    const change = (pack: Pack) =>
      faults
        .slice(at)
        .toReversed()
        .reduce((one, [, fault]) => fault(one), { ...pack, packId: 'ab'.repeat(16) });
    const pack = signedPack([count], { change });
    if (forge) pack[pack.length - 1] = (pack.at(-1) ?? 0) ^ 1;
    const reply = await r.ask(pack);
    assert.ok(reply.startsWith(`ERR ${words}`), `${words}: ${reply}`);
    assert.ok(words.endsWith(': ') || reply === `ERR ${words}\n`, reply);
  }
  assert.match(await r.run([count], { ttlMs: 100_001 }), /^ERR pack lives longer than max_ttl_ms=100000\n$/);
  assert.match(await r.run([count], { ttlMs: 0 }), /^ERR pack lives longer/);
  assert.match(
    await r.run([count], { change: (pack) => ({ ...pack, createdMs: 0n }) }),
    /^ERR pack lives longer/,
  );
  assert.match(await r.run([count], { ttlMs: 100_000 }), /^OK /);
  assert.equal(runsIn(r.root), 2);
});

test('bytes that are no pack get the words of the first thing wrong', async (t) => {
  const r = await receiver(t, { maxRequest: 10_000 });
  const pack = signedPack([count]);
  const { payload, signature } = decodeEnvelope(pack);
  const withPayload = (change: (bytes: Buffer) => Buffer) =>
    encodeEnvelope({ payload: change(Buffer.from(payload)), signature });
  const cases: readonly [Uint8Array, string][] = [
    [Buffer.alloc(11), 'bad envelope: envelope too small'],
    [Buffer.from('SAP2xxxxxxxxxxx'), 'bad envelope: bad envelope magic'],
    [pack.subarray(0, -1), 'bad envelope: envelope truncated'],
    [withPayload(() => Buffer.from('APK2')), 'bad payload: payload too small'],
    [withPayload((bytes) => (bytes.write('X'), bytes)), 'bad payload: bad payload magic'],
    [withPayload((bytes) => (bytes.writeUInt8(3, 4), bytes)), 'bad payload: unsupported payload version'],
    [withPayload((bytes) => Buffer.concat([bytes, Buffer.of(0)])), 'bad payload: payload has trailing bytes'],
    [withPayload((bytes) => bytes.subarray(0, -1)), 'bad payload: argv truncated'],
    [Buffer.alloc(10_001), 'read_failed'],
  ];
  for (const [bytes, words] of cases) assert.equal(await r.ask(bytes), `ERR ${words}\n`);
  assert.match(await r.ask(pack), /^OK /);
});

test('a key id does not make lines of its own', async (t) => {
  const r = await receiver(t);
  const keyId = 'x\nOK pack_id=00\r\u0007\u009b31m';
  const reply = await r.run([count], { change: (pack) => ({ ...pack, keyId }) });
  assert.equal(reply, 'ERR unknown key_id: x?OK pack_id=00???31m\n');
});

test('a line of the log holds nothing that a terminal acts on', async (t) => {
  const d = await daemon(t);
  const keyId = 'x\n\u001b[2J\u007f\u009b2J';
  await d.run([count], { change: (pack) => ({ ...pack, keyId }) });
  // The reply and the log come by different ways.
  const lineOf = () =>
    d
      .said()
      .match(/^.*unknown key_id.*\n/m)?.[0]
      .trimEnd();
  const line = await poll('the line', lineOf);
  assert.match(line, /^\{.*\}$/);
  assert.doesNotMatch(line, /\p{Cc}/u);
});
