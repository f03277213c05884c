// Whom the receiver trusts, and that nobody else has a say in it.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startReceiver } from '../../src/receiver/receiver.ts';
import { poll } from '../support/poll.ts';
import { exec, receiver, type TestReceiver } from '../support/receiver.ts';
import { daemon } from './daemon.ts';

const policy = 'default cmd=/bin/echo\n';
const hi = [exec('/bin/echo', 'hi')];
const notRoot = process.getuid?.() !== 0 && 'only root can give files away';

/** A receiver that is stopped, and starts again once its files are changed. */
async function stopped(t: TestContext): Promise<TestReceiver & { readonly start: () => Promise<unknown> }> {
  const r = await receiver(t, { policy });
  await r.stop();
  const start = async () => {
    const started = await startReceiver(r.options, () => {});
    t.after(() => started.stop());
  };
  return { ...r, start };
}

for (const file of ['pubkeys', 'policy'] as const) {
  const what = file === 'pubkeys' ? 'key file' : 'policy';

  test(`a ${what} that is missing stops the start`, async (t) => {
    const r = await stopped(t);
    rmSync(r.files[file]);
    const message = new RegExp(`^The ${what} ${r.files[file]} cannot be read: .*no such file`, 'i');
    await assert.rejects(r.start(), { code: 'misconfigured', message });
  });

  for (const mode of [0o620, 0o602, 0o666])
    test(`a ${what} with mode ${mode.toString(8)} stops the start`, async (t) => {
      const r = await stopped(t);
      chmodSync(r.files[file], mode);
      const message = `The ${what} ${r.files[file]} may be written by others. Run: chmod go-w '${r.files[file]}'`;
      await assert.rejects(r.start(), { code: 'misconfigured', message });
    });

  test(`a ${what} of another user stops the start`, { skip: notRoot }, async (t) => {
    const r = await stopped(t);
    chownSync(r.files[file], 12_345, 12_345);
    const message = `The ${what} ${r.files[file]} belongs to another user. Make it yours, or root's.`;
    await assert.rejects(r.start(), { code: 'misconfigured', message });
  });

  test(`a ${what} in a folder that others may write stops the start`, async (t) => {
    const r = await stopped(t);
    chmodSync(r.home, 0o777);
    await assert.rejects(r.start(), {
      code: 'misconfigured',
      message: /The folder of .* may be written by others/,
    });
  });

  test(`a ${what} in a folder of another user stops the start`, { skip: notRoot }, async (t) => {
    const r = await stopped(t);
    chownSync(r.home, 12_345, 12_345);
    await assert.rejects(r.start(), { code: 'misconfigured' });
  });

  test(`a ${what} behind a link into a folder that others may write stops the start`, async (t) => {
    const r = await stopped(t);
    const open = join(r.home, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    writeFileSync(join(open, 'file'), readFileSync(r.files[file]), { mode: 0o600 });
    rmSync(r.files[file]);
    symlinkSync(join(open, 'file'), r.files[file]);
    await assert.rejects(r.start(), { code: 'misconfigured' });
  });
}

const badPolicies: readonly [string, RegExp][] = [
  ['default cmd=/bin/echo\nops sandbx=required\n', /line 2: unknown word "sandbx=required"/],
  ['default cmd=/bin/echo\ndefault cmd=/bin/ls\n', /line 2: the key "default" has a line already/],
  ['# a remark\n\ndefault allow_exec_writes=maybe\n', /line 3: "allow_exec_writes=maybe"/],
  ['default cmd=echo\n', /line 1: "cmd=echo"/],
  ['default CMD=/bin/echo\n', /line 1: unknown word/],
  ['default constructor=1\n', /line 1: unknown word/],
  ['default __proto__=1\n', /line 1: unknown word/],
  ['default cmd=/bin/echo # all\n', /line 1: unknown word "#"/],
  ['cmd=/bin/echo\n', /line 1: "cmd=\/bin\/echo" stands where the key id belongs/],
  ['default max_ttl_ms=0\n', /line 1/],
  ['default sandbox=1\n', /line 1/],
];

test('a policy that is not understood stops the start, and names the line', async (t) => {
  for (const [text, message] of badPolicies)
    await assert.rejects(receiver(t, { policy: text }), { code: 'misconfigured', message }, text);
});

test('a policy that says one thing and then another is not understood', async (t) => {
  const texts = ['allow_exec_writes=0 allow_exec_writes=1', 'max_ttl_ms=1000 max_ttl_ms=100000000'];
  for (const text of texts)
    await assert.rejects(
      receiver(t, { policy: `default ${text}\n` }),
      { code: 'misconfigured', message: /line 1/ },
      text,
    );
});

test('lines of the key file that are no keys are named, skipped, and take the place of older ones', async (t) => {
  const r = await receiver(t);
  assert.ok(r.log.filter(({ event }) => event === 'key skipped').length > 0);
  const keys = readFileSync(r.files.pubkeys, 'utf8');
  const offCurve = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64');
  writeFileSync(r.files.pubkeys, `${keys}\ndefault ${offCurve}\n`);
  r.reload();
  assert.equal(await r.run(hi), 'ERR unknown key_id: default\n');
});

test('a revoked key is refused from the next pack on', async (t) => {
  const r = await receiver(t, { policy });
  assert.match(await r.run(hi), /\nhi\n$/);
  const keys = readFileSync(r.files.pubkeys, 'utf8');
  writeFileSync(r.files.pubkeys, keys.replace(/^default .*$/m, ''));
  r.reload();
  assert.equal(await r.run(hi), 'ERR unknown key_id: default\n');
  writeFileSync(r.files.policy, 'ops cmd=/bin/echo\n');
  r.reload();
  assert.equal(await r.run(hi), 'ERR policy missing for key_id: default\n');
  assert.match(await r.run(hi, { as: 'ops' }), /\nhi\n$/);
});

test('a policy that cannot be taken leaves the old one in force, and that is said', async (t) => {
  const r = await receiver(t, { policy });
  const faults: readonly (() => void)[] = [
    () => writeFileSync(r.files.policy, 'default cmd=/bin/ls unknown\n'),
    () => writeFileSync(r.files.policy, 'default cmd=/bin/ls cmd=/bin/bash\n'),
    () => rmSync(r.files.policy),
  ];
  for (const [at, fault] of faults.entries()) {
    fault();
    if (at === 1) chmodSync(r.files.policy, 0o666);
    r.reload();
    assert.equal(r.log.at(-1)?.event, 'not reloaded');
    assert.match(await r.run(hi), /\nhi\n$/);
    assert.match(await r.run([exec('/bin/ls')]), /cmd_not_allowed/);
  }
});

test('SIGHUP reads keys and policy anew', { timeout: 60_000 }, async (t) => {
  const d = await daemon(t, { policy });
  assert.match(await d.run(hi), /\nhi\n$/);
  writeFileSync(join(d.home, 'action_pack.policy'), 'ops cmd=/bin/echo\n');
  d.child.kill('SIGHUP');
  await poll('it says so', () => d.said().includes('"event":"reloaded"'));
  assert.equal(await d.run(hi), 'ERR policy missing for key_id: default\n');
  writeFileSync(join(d.home, 'action_pack.policy'), 'default cmd=/bin/echo nonsense\n');
  d.child.kill('SIGHUP');
  await poll('it says so', () => d.said().includes('"event":"not reloaded"'));
  assert.match(await d.run(hi, { as: 'ops' }), /\nhi\n$/);
});

test('SIGHUP takes a policy that was not there before', { timeout: 60_000 }, async (t) => {
  const d = await daemon(t);
  assert.match(await d.run(hi), /\nhi\n$/);
  writeFileSync(join(d.home, 'action_pack.policy'), 'ops cmd=/bin/echo\n', { mode: 0o600 });
  d.child.kill('SIGHUP');
  await poll('it says so', () => d.said().includes('"event":"reloaded"'));
  assert.equal(await d.run(hi), 'ERR policy missing for key_id: default\n');
});

test('where no policy is configured, that is said at the start', async (t) => {
  const r = await receiver(t);
  assert.ok(r.log.some(({ event }) => event === 'no policy'));
});

test('the log says what was decided, and nothing of values and contents', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/echo env=TOKEN\n' });
  const { run, log } = r;
  await run([exec('/bin/echo', 'hi'), exec('/bin/echo', 'SECRET-ARGUMENT')], {
    env: { TOKEN: 'SECRET-VALUE' },
  });
  await run([{ op: 'write', path: join(r.root, 'a'), mode: 0, data: Buffer.from('SECRET-CONTENT') }]);
  const lines = log.filter(({ event }) => event === 'pack');
  assert.equal(lines.length, 2);
  for (const { fields } of lines) {
    assert.equal(fields.decision, 'ran');
    assert.equal(fields.keyId, 'default');
    assert.match(String(fields.payloadSha256), /^[0-9a-f]{64}$/);
  }
  assert.doesNotMatch(JSON.stringify(log), /SECRET-(VALUE|CONTENT)/);
});
