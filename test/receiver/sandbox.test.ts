// `sandbox=required`: what a step starts ends with it, and it can write nowhere but under the root.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bubblewrap } from '../../src/receiver/sandbox.ts';
import { poll } from '../support/poll.ts';
import { exec, receiver, script } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';
import { readReply } from './reply.ts';

const policy = 'default cmd=/bin/bash cmd=/bin/pwd cmd=/bin/rbash allow_root_scripts=1 sandbox=required\n';
const works = spawnSync(bubblewrap, ['--unshare-pid', '--ro-bind', '/', '/', '--', '/bin/true']).status === 0;
const skip = !works && `${bubblewrap} is missing here, or may not make namespaces`;

test('a background child dies with its step, even in a session of its own', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  const child = "setsid bash -c 'while :; do echo x >>beats; sleep 0.02; done' >/dev/null 2>&1 &";
  const reply = await r.run([exec('/bin/bash', '-c', `${child} until [ -s beats ]; do :; done; echo done`)]);
  assert.equal(readReply(reply).output.stdout, 'done\n');
  const beats = () => readFileSync(join(r.root, 'beats'), 'utf8').length;
  const after = beats();
  // It beats fifty times a second where it lives: it is watched for as long as another step takes, and more.
  await r.run([exec('/bin/bash', '-c', 'sleep 0.5')]);
  assert.ok(beats() <= after + 4, 'it still beats');
});

test('a time limit ends all of it', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  const code = "setsid bash -c 'while :; do echo x >>beats; sleep 0.02; done' & sleep 3600";
  const reply = await r.run([{ op: 'exec', argv: ['/bin/bash', '-c', code], cwd: '', timeoutMs: 500 }]);
  assert.match(reply, / timed_out=1/);
  let last = -1;
  await poll('it beats no more', () => {
    const now = existsSync(join(r.root, 'beats')) ? readFileSync(join(r.root, 'beats'), 'utf8').length : 0;
    const still = now === last;
    last = now;
    return still;
  });
});

/** A folder on the disk that nothing hides: `/tmp` is another one in there. */
function outsideFolder(t: Parameters<typeof scratchFolder>[0]): string {
  const path = join(
    import.meta.dirname,
    '..',
    '..',
    'node_modules',
    '.cache',
    `assent-sandbox-${process.pid}`,
  );
  mkdirSync(path, { recursive: true });
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const attempts = {
  'by a path': 'echo evil >"$1/evil"',
  'after mounting the disk anew':
    'mount -o remount,rw / 2>&1; mount -o remount,rw,bind / 2>&1; echo evil >"$1/evil"',
  'through the root of another process': 'for p in /proc/[0-9]*; do echo evil >"$p/root$1/evil"; done',
  'through a namespace of its own':
    'unshare -m bash -c "mount -o remount,rw,bind /; echo evil >\\"$1/evil\\"" x "$1"',
  'through the device':
    'm=$(stat -c "%Hd %Ld" /); mknod disk b $m 2>&1 && head -c 1 disk >/dev/null && echo evil >"$1/evil"',
};

for (const [how, code] of Object.entries(attempts))
  test(`nothing is written outside the root ${how}`, { skip }, async (t) => {
    const outside = outsideFolder(t);
    const r = await receiver(t, { policy });
    const reply = await r.run([exec('/bin/bash', '-c', code, 'x', outside), exec('/bin/bash', '-c', 'true')]);
    assert.deepEqual(readdirSync(outside), [], reply);
  });

test('a step has none of the powers of root', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  const { output } = readReply(await r.run([exec('/bin/bash', '-c', 'grep ^CapEff: /proc/self/status')]));
  assert.match(output.stdout, /^CapEff:\s+0+$/m);
});

test('the root is there and can be written to, and /tmp is the step\u2019s own', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  const name = `/tmp/assent-sandbox-test-${process.pid}`;
  const code = `pwd; echo in >inside; echo in >${name} && ls /tmp; echo in >$TMPDIR/x && echo $TMPDIR`;
  const { output, steps } = readReply(await r.run([exec('/bin/bash', '-c', code)]));
  assert.equal(steps[0]?.ok, true);
  assert.equal(readFileSync(join(r.root, 'inside'), 'utf8'), 'in\n');
  assert.match(output.stdout, /\n\/tmp\n$/);
  assert.ok(!existsSync(name));
});

test('no process of the machine is seen, and none can be ended', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  const code = `kill -0 ${process.pid} && echo seen; ls /proc | grep -cE '^[0-9]+$'`;
  const { output } = readReply(await r.run([exec('/bin/bash', '-c', code)]));
  assert.doesNotMatch(output.stdout, /seen/);
  assert.ok(Number(output.stdout) < 10, output.stdout);
});

test('what is checked is the same as without: paths, names, and what packs wrote', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  script(join(r.root, 'tool'), 'echo fine');
  symlinkSync('/bin/ls', join(r.root, 'link'));
  assert.match(await r.run([exec('./tool')]), /\nfine\n$/);
  for (const name of ['./link', '/bin/ls']) assert.match(await r.run([exec(name)]), /STEP 0 ERR cmd_/);
  assert.match(await r.run([exec('/bin/rbash', '-c', 'cd /')]), /restricted/);
  assert.match(await r.run([exec('/bin/pwd')]), new RegExp(`\\n${r.root}\\n$`));
  assert.match(await r.run([{ op: 'exec', argv: ['/bin/pwd'], cwd: '/', timeoutMs: 0 }]), /cwd_outside_root/);
});

test('the reply says how the program ended, and not how the wall did', { skip }, async (t) => {
  const r = await receiver(t, { policy });
  assert.match(await r.run([exec('/bin/bash', '-c', 'exit 7')]), /^STEP 0 exec exit=7 /m);
  writeFileSync(join(r.root, 'empty'), '');
  assert.match(await r.run([exec('/bin/bash', '-c', 'kill -9 $$')]), /^STEP 0 exec exit=(1|137) /m);
});

test('without bubblewrap a policy that asks for it stops the start', {
  skip: existsSync(bubblewrap) && `${bubblewrap} is installed here`,
}, async (t) => {
  await assert.rejects(receiver(t, { policy }), { code: 'misconfigured', message: /Install bubblewrap/ });
});
