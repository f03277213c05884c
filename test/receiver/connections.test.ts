// What senders do to a connection does not hold others up, and gets the answer it should.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Step } from '../../src/pack/pack.ts';
import { peerFilter } from '../../src/receiver/os/peer-filter.ts';
import { poll } from '../support/poll.ts';
import { exec, put, readAll, receiver, signedPack, type TestReceiver } from '../support/receiver.ts';

async function silent(
  t: TestContext,
  r: Pick<TestReceiver, 'open'>,
  count: number,
): Promise<readonly Socket[]> {
  const sockets = await Promise.all(Array.from({ length: count }, () => r.open()));
  for (const one of sockets) t.after(() => one.on('error', () => {}).destroy());
  return sockets;
}

/** Runs until there is a file `go` in the root. */
const untilGo: Step = {
  ...exec('/bin/bash', '-c', 'echo >>begun; until [ -e go ]; do sleep 0.02; done'),
  timeoutMs: 0,
} as Step; // Of a step and its time limit comes a step.

test('a request that drips in is given up io_timeout_ms after it began', async (t) => {
  const r = await receiver(t, { ioTimeoutMs: 500 });
  const socket = await r.open();
  const pack = signedPack([exec('/bin/echo', 'hi')]);
  let at = 0;
  const drip = setInterval(() => socket.write(pack.subarray(at, ++at)), 20);
  t.after(() => clearInterval(drip));
  assert.equal(await readAll(socket), 'ERR read_failed\n');
  assert.ok(at < pack.length, 'before all of it has come');
});

test('a request that stalls is given up, and one that is cut off is refused', async (t) => {
  const r = await receiver(t, { ioTimeoutMs: 300 });
  const pack = signedPack([exec('/bin/echo', 'hi')]);
  const stalled = await r.open();
  stalled.write(pack.subarray(0, 50));
  assert.equal(await readAll(stalled), 'ERR read_failed\n');
  assert.equal(await r.ask(pack.subarray(0, 50)), 'ERR bad envelope: envelope truncated\n');
  assert.equal(await r.ask(Buffer.concat([pack, Buffer.of(0)])), 'ERR bad envelope: envelope truncated\n');
  assert.equal(await r.ask(Buffer.alloc(0)), 'ERR bad envelope: envelope too small\n');
});

test('a sender that resets within its request is forgotten', async (t) => {
  const r = await receiver(t, { ioTimeoutMs: 300 });
  for (let times = 0; times < 20; times++) {
    const socket = await r.open();
    if (times % 2 === 0) socket.write('SAP1');
    socket.on('error', () => {}).resetAndDestroy();
  }
  assert.match(await r.run([exec('/bin/echo', 'hi')]), /\nhi\n$/);
  await poll(
    'each has a line in the log',
    () => r.log.filter(({ event }) => event !== 'key skipped').length >= 12,
  );
});

test('more than max_request is read_failed, and just that much is not', async (t) => {
  const r = await receiver(t, { maxRequest: 100_000 });
  const packOf = (size: number) => signedPack([put(join(r.root, 'a'), 'x'.repeat(size))]);
  const fixed = packOf(90_000).length - 90_000;
  // A signature is 70 to 72 bytes: one of the very size is made anew until there is one.
  const sized = (total: number) => {
    for (;;) {
      const pack = packOf(total - fixed);
      if (pack.length === total) return pack;
    }
  };
  assert.match(await r.ask(sized(100_000)), /^OK /);
  assert.equal(await r.ask(sized(100_001)), 'ERR read_failed\n');
  assert.equal(await r.ask(Buffer.alloc(5_000_000)), 'ERR read_failed\n');
});

test('twelve bytes that claim four gigabytes are refused at once', async (t) => {
  const r = await receiver(t);
  const claim = Buffer.from('5341503100000000ffffffff', 'hex');
  claim.writeUInt32LE(0xffff_ffff, 4);
  assert.equal(await r.ask(claim), 'ERR bad envelope: envelope truncated\n');
});

test('200 senders at once are all answered while 20 say nothing', { timeout: 60_000 }, async (t) => {
  const r = await receiver(t, { maxConns: 8, ioTimeoutMs: 30_000 });
  const mute = await silent(t, r, 20);
  const replies = await Promise.all(
    Array.from({ length: 200 }, (_, at) => r.run([exec('/bin/echo', `n${at}`)])),
  );
  for (const [at, reply] of replies.entries())
    assert.match(reply, new RegExp(`^OK .*\\n.*\\n.*\\nn${at}\\n$`));
  for (const one of mute) one.destroy();
});

test('refusals are answered at once while all slots are busy', { timeout: 60_000 }, async (t) => {
  const r = await receiver(t, { maxConns: 2, ioTimeoutMs: 30_000 });
  const pack = signedPack([untilGo]);
  const busy = [r.ask(pack), r.run([untilGo])];
  const begun = join(r.root, 'begun');
  await poll('both run', () => existsSync(begun) && readFileSync(begun, 'utf8') === '\n\n');
  const waiting = r.run([exec('/bin/echo', 'waited')]);
  assert.equal(await r.ask(pack), 'ERR replay\n');
  assert.match(await r.ask(Buffer.from('not a pack at all')), /^ERR bad envelope: /);
  assert.match(await r.run([exec('/bin/echo')], { ttlMs: -60_000 }), /^ERR pack expired\n/);
  writeFileSync(join(r.root, 'go'), '');
  for (const reply of await Promise.all(busy)) assert.match(reply, /^STEP 0 exec exit=0/m);
  assert.match(await waiting, /\nwaited\n$/);
});

test('a sender that goes away while it waits for its turn gives that turn to the next', async (t) => {
  const r = await receiver(t, { maxConns: 1, ioTimeoutMs: 300 });
  const busy = r.run([untilGo]);
  await poll('it runs', () => existsSync(join(r.root, 'begun')));
  const socket = await r.open();
  socket.on('error', () => {}).end(signedPack([exec('/bin/bash', '-c', '>ran-for-nobody')]));
  // A reset that overtakes the end of stream is none.
  await once(socket, 'finish');
  const next = r.run([exec('/bin/echo', 'next')]);
  socket.resetAndDestroy();
  await poll('that shows', () => socket.destroyed);
  writeFileSync(join(r.root, 'go'), '');
  assert.match(await busy, /^STEP 0 exec exit=0/m);
  assert.match(await next, /\nnext\n$/);
});

test('a peer that may not speak is closed unanswered', async (t) => {
  const r = await receiver(t, { allowLocal: false });
  const socket = await r.open();
  const answered = readAll(socket).catch(() => '');
  socket.on('error', () => {}).end(signedPack([exec('/bin/echo', 'hi')]));
  assert.equal(await answered, '');
  await poll('it is in the log', () => r.log.some(({ event }) => event === 'peer refused'));
});

test('who is local and who is on Tailscale is told from the address', () => {
  const local = ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'];
  const tailscale = ['100.64.0.1', '100.127.255.254', '::ffff:100.100.1.1', 'fd7a:115c:a1e0::1'];
  const others = [
    '100.63.255.255',
    '100.128.0.1',
    '10.0.0.1',
    '::ffff:10.0.0.1',
    'fd7a:115c:a1e1::1',
    '::',
    'fe80::1%lo',
    '',
  ];
  for (const allowLocal of [true, false])
    for (const allowTailscale of [true, false]) {
      const may = peerFilter({ allowLocal, allowTailscale });
      for (const one of local) assert.equal(may(one), allowLocal, one);
      for (const one of tailscale) assert.equal(may(one), allowTailscale, one);
      for (const one of others) assert.equal(may(one), false, one);
    }
});

for (const host of ['::1', '::'])
  test(`it listens on ${host}`, async (t) => {
    const r = await receiver(t, { listen: { host, port: 0 } }).catch((error: Error) => error);
    if (r instanceof Error) return t.skip(`no IPv6 here: ${r.message}`);
    assert.match(await r.run([exec('/bin/echo', 'hi')]), /\nhi\n$/);
    assert.equal(r.log.find(({ event }) => event === 'pack')?.fields.peer, '::1');
  });

test('an address that is taken stops the start, and gives the memory back', async (t) => {
  const first = await receiver(t);
  const port = Number(first.address.split(':').at(-1));
  const listen = { host: '127.0.0.1', port };
  const seen = join(first.home, 'other-seen');
  await assert.rejects(receiver(t, { listen, seen }), {
    code: 'misconfigured',
    message: /^Cannot listen on /,
  });
  const second = await receiver(t, { seen });
  assert.match(await second.run([exec('/bin/echo', 'hi')]), /\nhi\n$/);
});

test('a receiver stops although senders say nothing', { timeout: 30_000 }, async (t) => {
  // Of waiting for a sender, the test would never end.
  const r = await receiver(t, { ioTimeoutMs: 3_600_000 });
  await silent(t, r, 3);
  await r.stop();
});

test('an answer does not wait for one that takes long to read', { timeout: 60_000 }, async (t) => {
  const r = await receiver(t);
  // Processor time, not the clock: another program on the machine does not matter. Milliseconds.
  const costOf = async (pairs: number) => {
    const request = unsigned(pairs);
    const before = process.threadCpuUsage();
    assert.equal(await r.ask(request), 'ERR unknown key_id: x\n');
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  };
  const few = Math.max(await costOf(4), 4);
  const many = await costOf(31);
  assert.ok(many < 24 * few, `eight times the size costs ${(many / few).toFixed(1)} times everybody's time`);
});

/** A request that nobody signed, whose environment has so many variables; no byte of them is UTF-8. */
function unsigned(pairs: number): Buffer {
  const header = Buffer.alloc(48);
  header.write('APK1');
  header.writeUInt16LE(0x0102, 4);
  header.writeUInt32LE(pairs, 40);
  const text = Buffer.concat([Buffer.of(0xff, 0xff), Buffer.alloc(0xffff, 0xff)]);
  const payload = Buffer.concat([header, Buffer.from('x'), ...Array.from({ length: 2 * pairs }, () => text)]);
  const sizes = Buffer.alloc(4);
  sizes.writeUInt32LE(payload.length);
  return Buffer.concat([Buffer.from('SAP1'), sizes, payload, Buffer.alloc(4)]);
}
