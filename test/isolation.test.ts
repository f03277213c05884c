// What the README says of keeping an agent away from what is its person's, line by line as it stands there.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { assent, up } from './support/cli.ts';
import { scratchFolder } from './support/scratch.ts';

const root = join(import.meta.dirname, '..');
const notes = join(root, 'test/fixtures/notes-server.ts');

/** The lines of the README under this heading. */
function linesUnder(heading: string): string {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, lines] = new RegExp(`^### ${heading}\\n[^#]*?^\`\`\`sh\\n(.*?)^\`\`\`$`, 'ms').exec(readme) ?? [];
  return lines ?? assert.fail(heading);
}

/** What the README calls `my-agent`, here: it does what an agent may, then tries what it must not, and says what each ended with. */
function program(home: string, pending: string): string {
  const data = join(home, '.config/assent');
  return `#!/bin/sh
try() { name=$1; shift; "$@" > /dev/null 2>&1; echo "$name $?"; }
try list assent actions list
try run assent actions run notes:read_note
try credentials cat ${data}/credentials.json
try folder ls ${data}/data
try key cat ${data}/data/secret.key
try approve env ASSENT_HOME=${data} assent inbox approve ${pending} --as-person
`;
}

/** A person's home with a gateway and what waits in it, and a \`my-agent\`. */
async function set(t: TestContext) {
  const folder = scratchFolder(t);
  // What keeps others out is what Assent writes, and not the folder of a test.
  chmodSync(folder, 0o755);
  const [home, bin] = [join(folder, 'kim'), join(folder, 'bin')];
  const work = join(home, 'work');
  for (const one of [work, bin]) mkdirSync(one, { recursive: true });
  const env = { HOME: home, PATH: `${bin}:${process.env['PATH']}`, ASSENT_LOG_LEVEL: 'error' };
  script(join(bin, 'assent'), `#!/bin/sh\nexec ${process.execPath} ${join(root, 'dist/cli.js')} "$@"\n`);
  const gateway = await up(t, ['--port', '0', '--allow-stdio-connectors'], env);
  const command = `${process.execPath} ${notes}`;
  await done(assent(['connectors', 'add', 'notes', '--command', command], env));
  await done(assent(['modes', 'set', 'notes:archive', 'require_approval'], env));
  const session = JSON.parse(await done(assent(['sessions', 'create', '--json'], env)));
  const asked = await assent(['actions', 'run', 'notes:archive', '--timeout', '0'], {
    ...env,
    ...session.env,
  });
  const [pending = ''] = /[0-9a-f-]{36}/.exec(asked.stderr) ?? [];
  script(join(bin, 'my-agent'), program(home, pending));
  return { folder, home, work, bin, env, gateway, pending };
}

function script(path: string, lines: string): void {
  writeFileSync(path, lines, { mode: 0o755 });
}

async function done(running: ReturnType<typeof assent>): Promise<string> {
  const { code, stdout, stderr } = await running;
  assert.equal(code, 0, stderr);
  return stdout;
}

/** Runs the lines in a shell of the person's, and gives what each try of the agent ended with. */
async function tried(
  lines: string,
  cwd: string,
  env: Record<string, string>,
): Promise<Record<string, number>> {
  const child = spawn('/bin/sh', ['-ec', lines], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = await once(child, 'close');
  assert.equal(code, 0, await stderr);
  const ends = (await stdout).trimEnd().split('\n');
  return Object.fromEntries(ends.map((end) => [end.split(' ')[0], Number(end.split(' ')[1])]));
}

function assertKeptAway(ends: Record<string, number>): void {
  const { list, run, ...forbidden } = ends;
  assert.deepEqual([list, run], [0, 0]);
  assert.deepEqual(Object.keys(forbidden), ['credentials', 'folder', 'key', 'approve']);
  for (const [what, code] of Object.entries(forbidden)) assert.notEqual(code, 0, what);
}

const missing = (...programs: string[]) =>
  programs.find((one) => spawnSync(one, ['--version']).error !== undefined);
const skipWithout = (...programs: string[]) => {
  const one = missing(...programs);
  return one === undefined ? false : `${one} is not installed`;
};

describe('an agent', () => {
  test('that runs as its person reads and approves everything, which is why the rest is there', async (t) => {
    const { work, env } = await set(t);
    const lines = 'eval "$(assent sessions create --shell)"\nmy-agent';
    const ends = await tried(lines, work, env);
    assert.deepEqual(Object.values(ends), [0, 0, 0, 0, 0, 0]);
  });

  test('in a container can ask, and neither read what is its person’s nor approve', {
    skip: skipWithout('bwrap'),
  }, async (t) => {
    const { work, env, bin } = await set(t);
    const needs = [root, bin, dirname(process.execPath)].map((path) => `--ro-bind ${path} ${path}`);
    const lines = linesUnder('In a container').replace('my-agent', `${needs.join(' ')} my-agent`);
    assertKeptAway(await tried(lines, work, env));
  });

  test('as another user can ask, and neither read what is its person’s nor approve', {
    skip:
      process.getuid?.() === 0 ? skipWithout('setpriv') : 'only root becomes another user without a password',
  }, async (t) => {
    const { folder, work, env } = await set(t);
    const own = join(folder, 'nobody');
    mkdirSync(own);
    const nobody = Number(spawnSync('id', ['--user', 'nobody'], { encoding: 'utf8' }).stdout);
    chownSync(own, nobody, nobody);
    const lines = linesUnder('As another user')
      // Root needs no sudo, and has this user already.
      .replace(/^sudo .*\n/m, '')
      .replace('--reuid=agent', '--reuid=nobody')
      .replace('--group agent', '--group nobody')
      .replaceAll('/home/agent', own);
    assertKeptAway(await tried(lines, work, env));
  });

  test('on another machine can ask, and neither read what is its person’s nor approve', {
    skip: skipWithout('ssh', 'ssh-keygen', 'sshd', 'bwrap'),
  }, async (t) => {
    const { folder, home, work, env, bin, gateway } = await set(t);
    reachByBubblewrap(folder, home, bin);
    const lines = linesUnder('On another machine').replaceAll('4747', new URL(gateway.address).port);
    assertKeptAway(await tried(lines, work, env));
  });
});

/**
 * Makes `ssh` lead to a machine that is a sandbox: with an sshd, a user, files and a loopback network of its own, where nothing of
 * the person's home is.
 */
function reachByBubblewrap(folder: string, home: string, bin: string): void {
  const at = (name: string) => join(folder, name);
  for (const name of ['host', 'id'])
    assert.equal(spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]).status, 0);
  mkdirSync(at('agent'));
  writeFileSync(at('passwd'), `agent:x:1234:1234::${at('agent')}:/bin/sh\n`);
  writeFileSync(
    at('sshd_config'),
    `HostKey ${at('host')}\nAuthorizedKeysFile ${at('id.pub')}\nUsePAM no\nStrictModes no\nPidFile none\nSetEnv PATH=${bin}:/usr/bin:/bin\n`,
  );
  const [sshd, ssh] = ['sshd', 'ssh'].map((name) =>
    spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(),
  );
  const machine = `bwrap --unshare-all --unshare-user --uid 1234 --gid 1234 --die-with-parent --ro-bind / / --dev /dev --proc /proc --tmpfs ${home} --ro-bind ${at('passwd')} /etc/passwd`;
  writeFileSync(
    at('ssh_config'),
    `Host box.example\nIdentityFile ${at('id')}\nStrictHostKeyChecking no\nUserKnownHostsFile /dev/null\nLogLevel ERROR\nProxyCommand ${machine} ${sshd} -i -e -f ${at('sshd_config')}\n`,
  );
  script(join(bin, 'ssh'), `#!/bin/sh\nexec ${ssh} -F ${at('ssh_config')} "$@"\n`);
}

describe('who opens a session', () => {
  const hint =
    "Run the agent where it can read neither your credentials.json, nor the gateway's data folder, nor your browser's cookies: in a container, as another user, or on another machine. The README shows how.";

  test('on a terminal is told what keeps the agent away from them', {
    skip: skipWithout('script'),
  }, async (t) => {
    const { env, work } = await set(t);
    const shown = async (line: string) => {
      const child = spawn('script', ['-qec', line, '/dev/null'], {
        cwd: work,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [stdout] = [text(child.stdout), text(child.stderr)];
      await once(child, 'close');
      return (await stdout).replaceAll('\r', '');
    };
    assert.ok((await shown('assent sessions create')).includes(`${hint}\n`));
    assert.ok(!(await shown('assent sessions create --json')).includes(hint));
    assert.ok(!(await shown('assent sessions create --shell 2>&1 | cat')).includes(hint));
  });
});
