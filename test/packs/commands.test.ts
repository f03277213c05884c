// `assent action-pack …` as a whole process, against a receiver in a process of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import { assent, type Ended } from '../support/cli.ts';
import { poll } from '../support/poll.ts';
import { scratchFolder } from '../support/scratch.ts';

const dist = join(import.meta.dirname, '..', '..', 'dist');

interface Sender {
  readonly folder: string;
  readonly env: Record<string, string>;
  /** `assent action-pack` with these words. */
  readonly pack: (...words: string[]) => Promise<Ended>;
  /** Writes a file into the folder, and answers its path. */
  readonly file: (name: string, text: string) => string;
}

function sender(t: TestContext): Sender {
  const folder = scratchFolder(t);
  const env = { ASSENT_HOME: join(folder, 'assent'), HOME: folder };
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return { folder, env, file, pack: (...words) => assent(['action-pack', ...words], env) };
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

interface Daemon {
  readonly address: string;
  readonly root: string;
  readonly home: string;
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** A receiver that trusts the sender's key, set up as its owner would. */
async function daemon(t: TestContext, from: Sender, policy?: string): Promise<Daemon> {
  const folder = scratchFolder(t);
  const root = join(folder, 'root');
  const env = { ASSENT_HOME: join(folder, 'assent'), HOME: folder };
  const { stdout: key } = await from.pack('keygen');
  const trust = ['--trust', 'default', key.trim(), '--root', root];
  const enabled = await assent(
    ['action-pack', 'receiver', 'enable', '--listen', '127.0.0.1:0', ...trust],
    env,
  );
  assert.equal(enabled.code, 0, enabled.stderr);
  if (policy !== undefined) writeFileSync(join(env.ASSENT_HOME, 'action_pack.policy'), policy);
  const started = await listening([join(dist, 'cli.js'), 'receiver'], env, t);
  return { ...started, root, home: env.ASSENT_HOME };
}

async function listening(args: readonly string[], env: Record<string, string>, t: TestContext) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return (await exited)[0];
  };
  for await (const line of createInterface({ input: child.stdout }))
    return { address: line.replace('listening on ', ''), stop };
  throw new Error('the receiver ended before it listened');
}

const permissive = 'default cmd=/bin/echo cmd=/bin/bash cmd=/bin/sleep cmd=/bin/pwd env=GREETING\n';

describe('the commands of the original program', () => {
  test('keys: made once, private, and exported', async (t) => {
    const { pack, env } = sender(t);
    const missing = await pack('export-pub');
    assert.deepEqual(
      [missing.code, missing.stderr],
      [1, 'ERR signing key not found (run: assent action-pack keygen)\n'],
    );
    const [first, second] = await Promise.all([pack('keygen'), pack('keygen')]);
    assert.match(first.stdout, /^B[A-Za-z0-9+/]{86}=\n$/);
    assert.equal(first.stdout, second.stdout);
    assert.equal((await pack('export-pub')).stdout, first.stdout);
    assert.notEqual((await pack('keygen', '--id', 'two')).stdout, first.stdout);
    assert.equal(statSync(join(env.ASSENT_HOME ?? '', 'keys', 'two.pem')).mode & 0o777, 0o600);
    const astray = await pack('keygen', '--id', '../x');
    assert.equal(astray.code, 2);
    assert.match(astray.stderr, /^ERR "\.\.\/x" cannot be a key id\./);
  });

  test('pack: says what it made, and what it cannot make', async (t) => {
    const { pack, file, folder } = sender(t);
    const script = file('ok.ap', 'exec /bin/echo hi\n');
    const out = join(folder, 'ok.sap');
    const keyless = await pack('pack', script, '--out', out);
    assert.deepEqual([keyless.code, keyless.stdout], [1, '']);
    await pack('keygen');
    const made = await pack('pack', '--out', out, script);
    assert.match(made.stdout, /^OK pack_id=[0-9a-f]{32} bytes=\d+\n$/);
    assert.equal(Number(/bytes=(\d+)/.exec(made.stdout)?.[1]), statSync(out).size);
    const refused: [words: string[], code: number, stderr: string][] = [
      [['none.ap', '--out', out], 1, 'ERR unable to open: none.ap\n'],
      [[file('empty.ap', '# nothing\n'), '--out', out], 1, 'ERR script has no steps\n'],
      [[file('bad.ap', '\n\nrun x\n'), '--out', out], 1, 'ERR line 3: unknown instruction: run\n'],
      [[script, '--out', '/nope/x.sap'], 1, 'ERR unable to write: /nope/x.sap\n'],
    ];
    for (const [words, code, stderr] of refused) {
      const ended = await pack('pack', ...words);
      assert.deepEqual([ended.code, ended.stdout, ended.stderr], [code, '', stderr]);
    }
    for (const words of [
      [script],
      [script, 'more', '--out', out],
      [script, '--out', out, '--ttl-ms', '0'],
      [script, '--out', out, '--ttl-ms', '1.5'],
    ])
      assert.equal((await pack('pack', ...words)).code, 2, words.join(' '));
    assert.equal((await pack('pack', script, '--out', out, '--ttl-ms', '0', '--no-expiry')).code, 0);
  });

  test('receivers: registered by name, two at once', async (t) => {
    const { pack, env } = sender(t);
    assert.match((await pack('receivers')).stdout, /^No receivers are registered/);
    const both = await Promise.all([
      pack('register', 'box', '127.0.0.1:5499'),
      pack('register', 'alpha', '[::1]:1'),
    ]);
    assert.deepEqual(
      both.map(({ code, stdout }) => [code, stdout]),
      [
        [0, 'OK\n'],
        [0, 'OK\n'],
      ],
    );
    assert.equal((await pack('register', 'box', '127.0.0.1:5498')).code, 0);
    const path = join(env.ASSENT_HOME ?? '', 'action_pack_receivers');
    assert.equal(readFileSync(path, 'utf8'), 'alpha [::1]:1\nbox 127.0.0.1:5498\n');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal((await pack('register', 'x')).code, 2);
    assert.equal((await pack('register', 'x', '127.0.0.1:99999')).stderr.split('\n')[0], 'ERR invalid port');
  });

  test('receiver enable writes the files of the original, and keeps what somebody has narrowed', async (t) => {
    const { pack, folder, env } = sender(t);
    const { stdout: key } = await pack('keygen');
    const enable = () =>
      pack('receiver', 'enable', '--listen', ':5011', '--trust', 'default', key.trim(), '--root', folder);
    const without = await pack('receiver', 'enable', '--trust', 'default', key.trim());
    assert.deepEqual(
      [without.code, without.stderr.split('\n')[0]],
      [2, 'ERR receiver enable requires --listen <ip:port>'],
    );
    assert.equal((await enable()).stdout, 'OK\n');
    const home = env.ASSENT_HOME ?? '';
    const policy = join(home, 'action_pack.policy');
    assert.match(
      readFileSync(policy, 'utf8'),
      /^default cmd=\/usr\/bin\/git .* allow_root_scripts=0 allow_exec_writes=0\n$/,
    );
    assert.equal(readFileSync(join(home, 'action_pack_pubkeys'), 'utf8'), `default ${key}`);
    const conf = readFileSync(join(home, 'action_pack_receiver.conf'), 'utf8');
    assert.equal(
      conf,
      `# assent action-pack receiver config\nlisten=:5011\nroot=${folder}\npubkeys=${home}/action_pack_pubkeys\npolicy=${policy}\nallow_local=1\nallow_tailscale=1\nmax_conns=4\nio_timeout_ms=5000\nmax_request=4194304\nmax_output=1048576\n`,
    );
    writeFileSync(policy, 'default cmd=/usr/bin/git\n');
    await enable();
    assert.equal(readFileSync(policy, 'utf8'), 'default cmd=/usr/bin/git\n');
    const garbage = await pack('receiver', 'enable', '--listen', ':1', '--trust', 'default', 'AAAA');
    assert.equal(garbage.code, 2);
    assert.match(garbage.stderr, /not a 65-byte uncompressed point/);
  });
});

describe('sending', () => {
  test('the plain reply goes to a pipe, and the exit code tells', async (t) => {
    const from = sender(t);
    const { pack, file, folder } = from;
    const { address } = await daemon(t, from, permissive);
    await pack('register', 'box', address);
    const ok = await pack('run', '--to', 'box', file('ok.ap', 'exec echo hi\n'));
    assert.equal(ok.code, 0, ok.stderr);
    assert.match(
      ok.stdout,
      /^OK pack_id=[0-9a-f]{32} steps=1\nSTEP 0 exec exit=0 dur_ms=\d+\n--- STDOUT \(3 bytes\) ---\nhi\n$/,
    );
    const fails = await pack('run', file('fail.ap', 'exec bash -c "exit 3"\n'), '--to', address);
    assert.equal(fails.code, 1);
    assert.match(fails.stdout, /\nSTEP 0 exec exit=3 dur_ms=\d+\n$/);
    const stranger = join(folder, 'two.sap');
    await pack('keygen', '--id', 'two');
    await pack('pack', file('ok.ap', 'exec echo hi\n'), '--id', 'two', '--out', stranger);
    const unknown = await pack('send', '--to', 'box', stranger);
    assert.deepEqual([unknown.code, unknown.stdout], [1, 'ERR policy missing for key_id: two\n']);
    assert.match(unknown.stderr, /add a line for this key to action_pack\.policy/);
    const garbage = await pack('send', '--to', 'box', file('garbage', 'exec echo hi\n'));
    assert.deepEqual([garbage.code, garbage.stdout], [1, 'ERR bad envelope: bad envelope magic\n']);
  });

  test('a pack runs once, and with --renew again', async (t) => {
    const from = sender(t);
    const { pack, file, folder } = from;
    const { address } = await daemon(t, from, permissive);
    const out = join(folder, 'ok.sap');
    await pack('pack', file('ok.ap', 'exec echo hi\n'), '--out', out);
    assert.equal((await pack('send', '--to', address, out)).code, 0);
    const again = await pack('send', '--to', address, out);
    assert.deepEqual([again.code, again.stdout], [1, 'ERR replay\n']);
    assert.equal((await pack('send', '--to', address, out, '--renew')).code, 0);
    assert.equal((await pack('send', '--to', address, out, '--renew')).code, 0);
  });

  test('who cannot be reached, or breaks off, is exit code 3', async (t) => {
    const from = sender(t);
    const { pack, file } = from;
    await pack('keygen');
    const script = file('ok.ap', 'exec echo hi\n');
    const nobody = await pack('run', '--to', '127.0.0.1:1', script);
    assert.equal(nobody.code, 3);
    assert.match(nobody.stderr, /^ERR cannot reach 127\.0\.0\.1:1: connect ECONNREFUSED/);
    const { address, root, stop } = await daemon(t, from, permissive);
    const long = file('long.ap', 'exec bash -c "echo $$ > pid; exec sleep 60"\n');
    const running = pack('run', '--to', address, long);
    const pid = await poll(
      'the step',
      () => /^\d+\n$/.test(textOf(join(root, 'pid'))) && textOf(join(root, 'pid')),
    );
    t.after(() => process.kill(-Number(pid), 'SIGKILL'));
    await stop('SIGKILL');
    const broken = await running;
    assert.equal(broken.code, 3);
    assert.match(broken.stdout, /^OK pack_id=/);
    assert.match(broken.stderr, /broke off before the end of its reply/);
    assert.equal((await pack('run', '--to', 'nowhere', script)).code, 2);
    assert.equal((await pack('run', '--to', '127.0.0.1:99999', script)).code, 2);
  });

  test('--json is one document, with the output of each step', async (t) => {
    const from = sender(t);
    const { address } = await daemon(t, from, permissive);
    const script = from.file(
      'two.ap',
      'env GREETING=hello\nenv HIDDEN=1\nexec bash -c "echo $GREETING; echo oops >&2"\nexec id\n',
    );
    const ended = await from.pack('run', '--json', '--to', address, script);
    assert.equal(ended.code, 1);
    const { ok, refused, steps } = JSON.parse(ended.stdout);
    assert.deepEqual([ok, refused], [false, null]);
    assert.equal(steps[0].stdout, 'hello\n');
    assert.equal(steps[0].stderr, 'oops\n');
    assert.equal(steps[0].fields.env_dropped, 'HIDDEN');
    assert.deepEqual([steps[1].outcome, steps[1].reason], ['refused', 'cmd_not_allowed']);
  });

  test('a terminal sees which step runs and how it went', {
    skip: !existsSync('/usr/bin/script') && 'no script(1)',
  }, async (t) => {
    const from = sender(t);
    const { address } = await daemon(t, from, permissive);
    const script = from.file('ok.ap', 'exec bash -c "printf \'a\\\\033[31mb\'; sleep 0.6"\nexec id\n');
    const line = `${process.execPath} ${join(dist, 'cli.js')} action-pack run --to ${address} ${script}`;
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      env: { PATH: process.env.PATH ?? '', ...from.env, NO_COLOR: '1', TERM: 'xterm' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let shown = '';
    for await (const part of child.stdout) shown += String(part);
    assert.match(shown, /step 1 of 2, 0 s: bash -c/);
    assert.match(shown, /✓ bash -c .* exit 0, \d+ ms/);
    assert.ok(shown.includes('a‹U+001B›[31mb'), 'a program cannot speak to the terminal');
    assert.match(shown, /✗ id refused: cmd_not_allowed/);
  });
});

describe('recipes', () => {
  const recipe = (block: string) => `# Title\n\n\`\`\`action-pack\n${block}\`\`\`\n`;

  test('extract gives the block alone', async (t) => {
    const { pack, file, folder } = sender(t);
    const path = file('r.md', recipe('timeout 0\nexec echo hi\n'));
    assert.equal((await pack('extract', path)).stdout, 'timeout 0\nexec echo hi\n');
    assert.equal((await pack('extract', path, '--out', join(folder, 'r.ap'))).stdout, '');
    assert.equal(readFileSync(join(folder, 'r.ap'), 'utf8'), 'timeout 0\nexec echo hi\n');
    const none = await pack('extract', file('none.md', '# Nothing\n'));
    assert.deepEqual([none.code, none.stderr], [1, 'ERR recipe has no action-pack block\n']);
  });

  test('an error names the line of the recipe', async (t) => {
    const { pack, file, folder } = sender(t);
    await pack('keygen');
    const ended = await pack('pack', file('r.md', recipe('cd\n')), '--out', join(folder, 'x.sap'));
    assert.equal(ended.stderr, 'ERR line 4: cd requires exactly 1 arg\n');
  });

  test('a put is listed, and carries nothing from outside of its folder unless it is told to', async (t) => {
    const { pack, file, folder } = sender(t);
    await pack('keygen');
    mkdirSync(join(folder, 'recipes'));
    file('secret', 'private key');
    file('recipes/near.txt', 'near');
    symlinkSync('../secret', join(folder, 'recipes/link'));
    const out = ['--out', join(folder, 'x.sap')];
    const near = await pack('pack', file('recipes/a.md', recipe('put /tmp/x @near.txt\n')), ...out);
    assert.deepEqual([near.code, near.stderr], [0, 'put /tmp/x: 4 bytes of a file of this machine\n']);
    for (const source of ['../secret', join(folder, 'secret'), 'link']) {
      const path = file('recipes/b.md', recipe(`put /tmp/x @${source}\n`));
      const refused = await pack('pack', path, ...out);
      assert.equal(refused.code, 1, source);
      assert.match(refused.stderr, /lies outside the recipe's folder\. If that is meant, add --allow-put\./);
      assert.equal((await pack('pack', path, ...out, '--allow-put')).code, 0, source);
    }
  });

  test('inspect shows all that would be done', async (t) => {
    const { pack, file, folder } = sender(t);
    await pack('keygen');
    const out = join(folder, 'x.sap');
    file('data', 'abc');
    const script = `env A=b\ncd /srv\ntimeout 5000\nput /srv/f @${join(folder, 'data')}\nexec /bin/echo "two words"\n`;
    await pack('pack', file('s.ap', script), '--out', out);
    const { stdout } = await pack('inspect', out);
    for (const part of [
      'default (signature valid)',
      'A=b',
      'write /srv/f (3 bytes, mode 0644)',
      "/bin/echo 'two words'",
      'in /srv',
      'at most 5000 ms',
    ])
      assert.ok(stdout.includes(part), `${part} in ${stdout}`);
    const json = JSON.parse((await pack('inspect', out, '--json')).stdout);
    assert.deepEqual(
      json.steps.map((step: { op: string }) => step.op),
      ['write', 'exec'],
    );
    const bytes = readFileSync(out);
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    writeFileSync(out, bytes);
    assert.match((await pack('inspect', out)).stdout, /signature (invalid|not checked)/);
    assert.equal((await pack('inspect', file('garbage', 'SAP'))).stderr, 'ERR envelope too small\n');
  });

  test('check tells beforehand what would be refused, and the least that would allow it', async (t) => {
    const { pack, file, folder } = sender(t);
    mkdirSync(join(folder, 'root'));
    const tool = join(folder, 'root', 'tool.sh');
    writeFileSync(tool, '#!/bin/sh\n', { mode: 0o755 });
    const policy = file('policy', 'default cmd=/bin/echo\n');
    const script = `env A=1\nenv LD_PRELOAD=x\nexec echo hi\nexec ${tool}\nexec /bin/bash -c x\nexec f ai\ncd /etc\nexec echo\n`;
    const against = ['--policy', policy, '--root', join(folder, 'root'), '--json'];
    const ended = await pack('check', file('s.ap', script), ...against);
    assert.equal(ended.code, 1);
    const { steps, dropped } = JSON.parse(ended.stdout);
    assert.deepEqual(
      steps.map((step: { refused: string | null; allow: string[] }) => [step.refused, step.allow]),
      [
        [null, []],
        ['cmd_not_allowed', [`cmd=${tool}`, 'allow_root_scripts=1']],
        ['cmd_not_allowed', ['cmd=/bin/bash']],
        ['cmd_not_allowed', []],
        ['cwd_outside_root', ['root=/']],
      ],
    );
    assert.match(steps[2].remark, /runs anything/);
    assert.match(steps[3].remark, /write the absolute path/);
    assert.deepEqual(dropped, [{ name: 'A', allow: 'env=A' }, { name: 'LD_PRELOAD' }]);
    assert.equal(
      (await pack('check', file('ok.ap', 'exec echo hi\n'), '--policy', policy, '--root', folder)).code,
      0,
    );
    const missing = await pack('check', file('ok.ap', 'exec echo hi\n'), '--policy', policy, '--id', 'two');
    assert.match(missing.stderr, /^ERR policy missing for key_id: two/);
  });
});

test('the one file runs alone, in a folder that has nothing else', async (t) => {
  const from = sender(t);
  const { stdout: key } = await from.pack('keygen');
  const folder = scratchFolder(t);
  mkdirSync(join(folder, 'root'));
  copyFileSync(join(dist, 'assent-receiver.mjs'), join(folder, 'assent-receiver.mjs'));
  writeFileSync(join(folder, 'action_pack_pubkeys'), `default ${key}`, { mode: 0o600 });
  const args = [
    join(folder, 'assent-receiver.mjs'),
    '--action-pack-root',
    join(folder, 'root'),
    '--action-pack-listen',
    '127.0.0.1:0',
  ];
  const { address, stop } = await listening(args, { ASSENT_HOME: folder, HOME: folder }, t);
  const ended = await from.pack('run', '--to', address, from.file('ok.ap', 'exec pwd\n'));
  assert.equal(ended.code, 0, ended.stdout);
  assert.ok(ended.stdout.includes(join(folder, 'root')));
  assert.equal(await stop(), 0);
});

test('the receiver does not start without a root, nor with what it does not know', async (t) => {
  const { env, folder } = sender(t);
  const start = (...words: string[]) => assent(['receiver', ...words], env);
  const rootless = await start();
  assert.deepEqual(
    [rootless.code, rootless.stderr.split('\n')[0]],
    [2, 'assent: There is no root. Name the folder that packs may not leave, with --root DIR.'],
  );
  const keyless = await start('--root', folder);
  assert.equal(keyless.code, 1);
  assert.match(keyless.stderr, /The key file .*action_pack_pubkeys cannot be read/);
  mkdirSync(env.ASSENT_HOME ?? '', { recursive: true });
  writeFileSync(join(env.ASSENT_HOME ?? '', 'action_pack_receiver.conf'), 'rot=/tmp\n', { mode: 0o600 });
  const misspelt = await start();
  assert.equal(misspelt.code, 2);
  assert.match(misspelt.stderr, /line 1: "rot=\/tmp" is no setting\. There are listen, root,/);
});
