// A pack stays under the root, runs what its policy lists, and gets the environment that the receiver makes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { ExecStep, Step } from '../../src/pack/pack.ts';
import { poll } from '../support/poll.ts';
import { exec, put, receiver, script } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';
import { readReply } from './reply.ts';

const notAllowed = 'STEP 0 ERR cmd_not_allowed\n';

function inFolder(cwd: string, ...argv: string[]): ExecStep {
  return { op: 'exec', argv, cwd, timeoutMs: 10_000 };
}

/** The reply behind its first line. */
function stepsOf(reply: string): string {
  const [accepted = '', ...rest] = reply.split('\n');
  assert.match(accepted, /^OK pack_id=/, reply);
  return rest.join('\n');
}

/** A root with a sibling of the same beginning, and links that lead out. */
function furnish(root: string): string {
  const evil = `${root}-evil`;
  for (const folder of [`${root}/sub/deep`, `${evil}/deep`]) mkdirSync(folder, { recursive: true });
  script(`${evil}/x`, `echo ran >${evil}/ran; echo evil`);
  script(`${root}/sub/ok`, 'echo fine');
  symlinkSync(evil, `${root}/out`);
  symlinkSync(`${evil}/deep`, `${root}/out-deep`);
  symlinkSync(`${evil}/x`, `${root}/x-link`);
  symlinkSync(`${root}/sub/ok`, `${root}/ok-link`);
  return evil;
}

test('no path leads a step out of the root', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/pwd allow_root_scripts=1\n' });
  const evil = furnish(r.root);
  const cases: readonly [Step, string][] = [
    [inFolder('..', '/bin/pwd'), 'cwd_outside_root'],
    [inFolder('sub/../..', '/bin/pwd'), 'cwd_outside_root'],
    [inFolder('out', '/bin/pwd'), 'cwd_outside_root'],
    [inFolder(evil, '/bin/pwd'), 'cwd_outside_root'],
    [inFolder('/', '/bin/pwd'), 'cwd_outside_root'],
    [inFolder('missing', '/bin/pwd'), 'bad_cwd'],
    [inFolder('sub/ok', '/bin/pwd'), 'bad_cwd'],
    [inFolder('$HOMEBREW', '/bin/pwd'), 'bad_cwd'],
    [exec('../root-evil/x'), 'cmd_outside_root'],
    [exec('./x-link'), 'cmd_outside_root'],
    [exec('out/x'), 'cmd_outside_root'],
    [exec('out-deep/../x'), 'cmd_outside_root'],
    [exec('./missing'), 'bad_cmd_path'],
    [exec(`${evil}/x`), 'cmd_not_allowed'],
    [exec(`${r.root}/out/x`), 'cmd_not_allowed'],
    [exec(`${r.root}/../root-evil/x`), 'cmd_not_allowed'],
    [exec(`${r.root}/x-link`), 'cmd_not_allowed'],
    [exec(`${r.root}/sub`), 'cmd_not_allowed'],
  ];
  for (const [step, reason] of cases)
    assert.equal(stepsOf(await r.run([step])), `STEP 0 ERR ${reason}\n`, JSON.stringify(step));
  assert.ok(!existsSync(`${evil}/ran`));
  for (const name of ['./sub/ok', 'sub/../sub/ok', './ok-link', `${r.root}/ok-link`])
    assert.match(await r.run([exec(name)]), /\nfine\n$/, name);
  assert.match(await r.run([inFolder('sub', '../ok-link')]), /\nfine\n$/);
});

test('a folder that is reached through a link and `..` is where the system says it is', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/pwd\n' });
  furnish(r.root);
  symlinkSync(`${r.root}/sub/deep`, `${r.root}/in-deep`);
  const inside = readReply(await r.run([inFolder('in-deep/..', '/bin/pwd')]));
  assert.equal(inside.output.stdout, `${r.root}/sub\n`);
  assert.equal(stepsOf(await r.run([inFolder('out-deep/..', '/bin/pwd')])), 'STEP 0 ERR cwd_outside_root\n');
});

test('a root that is itself reached through a link is the folder behind it', async (t) => {
  const home = scratchFolder(t);
  mkdirSync(join(home, 'real'));
  symlinkSync(join(home, 'real'), join(home, 'root'));
  const r = await receiver(t, { home, policy: 'default cmd=/bin/pwd\n' });
  for (const cwd of ['', join(home, 'root'), join(home, 'real')])
    assert.equal(
      readReply(await r.run([inFolder(cwd, '/bin/pwd')])).output.stdout,
      `${join(home, 'real')}\n`,
    );
  const path = join(home, 'root', 'a.txt');
  assert.equal(stepsOf(await r.run([put(path, 'x')])), `STEP 0 write OK bytes=1 path=${path}\n`);
  assert.equal(readFileSync(join(home, 'real', 'a.txt'), 'utf8'), 'x');
});

test('a command is known by its real path, and told a name that the policy lists', async (t) => {
  const home = scratchFolder(t);
  mkdirSync(join(home, 'bin'));
  symlinkSync('/bin/echo', join(home, 'bin', 'say'));
  const policy = `default cmd=/bin/rbash cmd=${join(home, 'bin', 'say')}\n`;
  const r = await receiver(t, { home, policy });
  for (const name of ['/bin/echo', '/usr/bin/echo', '/usr/bin/../bin/echo', 'echo', join(home, 'bin', 'say')])
    assert.match(await r.run([exec(name, 'hi')]), /\nhi\n$/, name);
  for (const name of [
    '/bin/bash',
    '/usr/bin/bash',
    '/bin//bash',
    '/usr/bin/../bin/bash',
    'bash',
    '/bin/rbash',
  ])
    assert.match(await r.run([exec(name, '-c', 'cd /')]), /restricted/, name);
  for (const name of ['/bin/sh', 'git', 'f', '', 'rbash', '/proc/self/exe'])
    assert.equal(stepsOf(await r.run([exec(name)])), notAllowed, name);
});

test('a file that a pack wrote never runs, under whatever name, and whoever asks', async (t) => {
  const home = scratchFolder(t);
  const root = join(home, 'root');
  const rules = 'allow_root_scripts=1 allow_exec_writes=1';
  const policy = `default cmd=${root}/listed ${rules}\nops ${rules} cmd=${root}/listed\n`;
  const first = await receiver(t, { home, policy });
  const text = '#!/bin/bash\necho evil\n';
  script(join(root, 'tool'), 'echo fine');
  script(join(root, 'listed'), 'echo fine');
  for (const name of ['tool', 'listed']) assert.match(await first.run([exec(`./${name}`)]), /\nfine\n$/);
  for (const name of ['tool', 'listed', 'fresh', 'renamed'])
    assert.match(await first.run([put(join(root, name), text, 0o755)]), / write OK /);
  assert.match(await first.run([put(join(root, 'later'), text)]), / write OK /);
  chmodSync(join(root, 'later'), 0o755);
  symlinkSync('fresh', join(root, 'by-symlink'));
  linkSync(join(root, 'fresh'), join(root, 'by-hard-link'));
  renameSync(join(root, 'renamed'), join(root, 'by-rename'));
  const names = ['tool', 'listed', 'fresh', 'later', 'by-symlink', 'by-hard-link', 'by-rename'];
  const refuseAll = async ({ run }: Pick<typeof first, 'run'>) => {
    for (const name of names)
      for (const as of ['default', 'ops'] as const)
        for (const path of [join(root, name), `./${name}`])
          assert.equal(stepsOf(await run([exec(path)], { as })), notAllowed, `${as} ${path}`);
  };
  await refuseAll(first);
  await first.stop();
  const second = await receiver(t, { home, policy });
  await refuseAll(second);
  // The same name in another file, which no pack wrote, is another matter.
  copyFileSync(join(root, 'tool'), join(root, 'copy'));
  renameSync(join(root, 'copy'), join(root, 'tool'));
  assert.match(await second.run([exec('./tool')]), /\nevil\n$/);
});

test('what a pack writes over a script does not run while that script starts', async (t) => {
  const r = await receiver(t, { policy: 'default allow_root_scripts=1 allow_exec_writes=0\n' });
  // Every interpreter opens its script some time after it has started. This one says when, and waits.
  script(join(r.root, 'interpreter'), 'echo >started; until [ -e go ]; do :; done; exec /bin/bash "$1"');
  const tool = join(r.root, 'tool');
  writeFileSync(tool, `#!${r.root}/interpreter\necho fine\n`, { mode: 0o755 });
  const running = r.run([exec(tool)]);
  await poll('the interpreter runs', () => existsSync(join(r.root, 'started')));
  const written = await r.run([put(tool, 'echo evil\n')]);
  writeFileSync(join(r.root, 'go'), '');
  const { output } = readReply(await running);
  assert.equal(output.stdout, 'fine\n', `the pack that wrote was told: ${written}`);
});

/** Swaps `tools` under the root for a link to another folder and back, as fast as the system can, until the test ends. */
function swapForEver(t: TestContext, root: string, outside: string): void {
  symlinkSync(outside, join(root, 'link'));
  const code = [
    'import os',
    'while True:',
    "    os.rename('tools', 'real'); os.rename('link', 'tools')",
    "    os.rename('tools', 'link'); os.rename('real', 'tools')",
  ];
  const child = spawn('/usr/bin/python3', ['-c', code.join('\n')], { cwd: root, stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
}

async function forSeconds(seconds: number, round: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) await round();
}

const noPython = !existsSync('/usr/bin/python3') && 'there is no /usr/bin/python3 here to swap a folder fast';

test('nothing is written outside while a folder is swapped for a link', { skip: noPython }, async (t) => {
  const r = await receiver(t, { policy: 'default\n' });
  const outside = join(r.home, 'outside');
  for (const folder of [join(r.root, 'tools'), outside]) mkdirSync(folder);
  swapForEver(t, r.root, outside);
  let written = 0;
  await forSeconds(2, async () => {
    const replies = await Promise.all([0, 1, 2].map(() => r.run([put(join(r.root, 'tools', 'a'), 'x')])));
    written += replies.filter((reply) => reply.includes(' write OK ')).length;
  });
  assert.deepEqual(readdirSync(outside), []);
  assert.ok(written > 0, 'some writes hit the folder itself');
});

test('no step begins outside while a folder is swapped for a link', { skip: noPython }, async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/pwd cmd=/bin/ls\n' });
  const outside = join(r.home, 'outside');
  for (const folder of [join(r.root, 'tools'), outside]) mkdirSync(folder);
  writeFileSync(join(outside, 'secret'), '');
  swapForEver(t, r.root, outside);
  let said = '';
  await forSeconds(2, async () => {
    said += (
      await Promise.all(
        [0, 1].map(() => r.run([inFolder('tools', '/bin/ls'), inFolder('tools', '/bin/pwd')])),
      )
    ).join('');
  });
  assert.doesNotMatch(said, /secret|\/outside/);
  assert.match(said, /\/root\//, 'some steps ran in the folder itself');
});

/** Points `way` under the root to one folder and to another, as fast as the system can, until the test ends. */
function turnForEver(t: TestContext, root: string, outside: string): void {
  const code = [
    'import os',
    'while True:',
    `    for target in ('tools', ${JSON.stringify(outside)}):`,
    "        os.symlink(target, 'next'); os.rename('next', 'way')",
  ];
  symlinkSync('tools', join(root, 'way'));
  const child = spawn('/usr/bin/python3', ['-c', code.join('\n')], { cwd: root, stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
}

test('nothing from outside runs while a link is turned between the check and the start', {
  skip: noPython,
}, async (t) => {
  const r = await receiver(t, { policy: 'default allow_root_scripts=1\n' });
  const outside = join(r.home, 'outside');
  for (const folder of [join(r.root, 'tools'), outside]) mkdirSync(folder);
  script(join(r.root, 'tools', 'x'), 'echo fine');
  script(join(outside, 'x'), 'echo evil');
  turnForEver(t, r.root, outside);
  let said = '';
  await forSeconds(3, async () => {
    const ways = [exec(join(r.root, 'way', 'x')), exec('./way/x')];
    said += (await Promise.all(ways.map((way) => r.run([way])))).join('');
  });
  assert.doesNotMatch(said, /evil/);
  assert.match(said, /\nfine\n/, 'some hit the folder inside');
});

const smuggled = {
  LD_PRELOAD: '/tmp/evil.so',
  LD_LIBRARY_PATH: '/tmp',
  DYLD_INSERT_LIBRARIES: '/tmp/evil',
  BASH_ENV: '/tmp/evil',
  ENV: '/tmp/evil',
  NODE_OPTIONS: '--require /tmp/evil',
  PYTHONPATH: '/tmp',
  PYTHONSTARTUP: '/tmp/evil',
  PERL5OPT: '-Mevil',
  RUBYOPT: '-revil',
  GIT_SSH: 'evil',
  GIT_SSH_COMMAND: 'evil',
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_GLOBAL: '/tmp/evil',
  'BASH_FUNC_x%%': '() { evil; }',
  'A=B': 'c',
  'A\nB': 'c',
  'A\0B': 'c',
  '': 'c',
  __proto__: 'c',
};

test('no variable that loads code passes, and nothing of the receiver itself', async (t) => {
  process.env.ASSENT_TEST_SECRET = 'secret';
  t.after(() => delete process.env.ASSENT_TEST_SECRET);
  const listed = Object.keys(smuggled).filter((name) => /^[A-Z_0-9]+$/.test(name));
  const policies = [
    undefined,
    `default cmd=/usr/bin/env ${listed.map((one) => `env=${one}`).join(' ')} env=FINE\n`,
  ];
  for (const policy of policies) {
    const r = await receiver(t, policy === undefined ? {} : { policy });
    script(join(r.root, 'show'), '/usr/bin/env -0');
    // Own, so that `__proto__` is a name like any other.
    const env = { ...Object.fromEntries(Object.entries(smuggled)), FINE: 'yes' };
    const step = policy === undefined ? exec('./show') : exec('/usr/bin/env', '-0');
    const { steps, output } = readReply(await r.run([step], { env }));
    assert.equal(steps[0]?.ok, true);
    const got = output.stdout
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => line.slice(0, line.indexOf('=')));
    const ofShell = ['PWD', 'SHLVL', '_', 'OLDPWD'];
    assert.deepEqual(got.filter((name) => !ofShell.includes(name)).toSorted(), [
      'FINE',
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
      'USER',
    ]);
  }
});

test('every variable that is dropped is named, and no name makes a line', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/echo env=FINE\n' });
  const env = {
    FINE: 'yes',
    OTHER: '1',
    LD_PRELOAD: '/x',
    'A\nSTEP 0 exec exit=7 dur_ms=1\nERR': '1',
    'B,C D=E': '1',
    '\u202eF\u009b': '1',
  };
  const reply = await r.run([exec('/bin/echo', 'hi')], { env });
  const [line = ''] = stepsOf(reply).split('\n');
  const dropped = / env_dropped=(\S+)$/.exec(line)?.[1] ?? '';
  assert.deepEqual(dropped.split(','), [
    'OTHER',
    'LD_PRELOAD',
    'A?STEP?0?exec?exit?7?dur_ms?1?ERR',
    'B?C?D?E',
    '?F?',
  ]);
  const { steps, output } = readReply(reply);
  assert.equal(steps.length, 1);
  assert.equal(output.stdout, 'hi\n');
});

test('a reply stays readable however much is dropped', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/echo\n' });
  const env = { ['A'.repeat(40_000)]: '1', ['B'.repeat(40_000)]: '1' };
  const reply = await r.run([exec('/bin/echo', 'hi'), exec('/bin/echo', 'there')], { env });
  assert.equal(readReply(reply).output.stdout, 'hi\nthere\n');
});

test('`$HOME` is expanded and `$HOMEBREW` is not', async (t) => {
  const r = await receiver(t, { policy: 'default cmd=/bin/echo\n' });
  const home = process.env.HOME ?? '';
  const reply = await r.run([exec('/bin/echo', '$HOME', '${HOME}/a', '~', '~/b', '$HOMEBREW', 'x~')]);
  assert.equal(readReply(reply).output.stdout, `${home} ${home}/a ${home} ${home}/b $HOMEBREW x~\n`);
});

test('what cannot be handed to a program unchanged is refused', async (t) => {
  const r = await receiver(t);
  for (const argv of [['/bin/echo', 'a\0b'], ['/bin/echo\0x'], ['/bin/echo', '\udcff']])
    assert.match(stepsOf(await r.run([exec(...argv)])), /^STEP 0 ERR \S+\n$/, JSON.stringify(argv));
  assert.match(await r.run([exec('/bin/echo', 'hi')], { env: { A: 'a\0b' } }), /^STEP 0 ERR \S+$/m);
});
