import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { assent, type Up, up } from './support/cli.ts';
import { scratchFolder } from './support/scratch.ts';

const skip = process.platform === 'linux' ? false : 'there is no /proc here';
const peer = join(import.meta.dirname, 'peers', 'mcp-prying.ts');

interface Seen {
  readonly pid: number;
  readonly environ: string;
  readonly cmdline: string;
}

/** What a local command of a connector can read of itself and of every process above it. */
async function pried(running: Up, env: Record<string, string>, folder: string): Promise<Seen[]> {
  const file = join(folder, 'seen.json');
  const command = `${process.execPath} ${peer} ${file}`;
  const added = await assent(['connectors', 'add', 'prying', '--command', command], env);
  assert.equal(added.code, 0, added.stderr);
  const tools = await assent(['connectors', 'tools', 'prying'], env);
  assert.match(tools.stdout, /^look /m, tools.stderr);
  const seen: Seen[] = JSON.parse(readFileSync(file, 'utf8'));
  const gateway = seen.find(({ pid }) => pid === running.child.pid);
  assert.ok(gateway?.environ.includes('ASSENT_HOME='), 'the environment of the gateway can be read');
  return seen;
}

function set(t: TestContext, secrets: Record<string, string>) {
  const folder = scratchFolder(t);
  const home = { ASSENT_HOME: join(folder, 'home'), ASSENT_LOG_LEVEL: 'error' };
  const start = (more: Record<string, string> = {}) =>
    up(t, ['--port', '0', '--allow-stdio-connectors'], { ...home, ...secrets, ...more });
  return { folder, home, start };
}

const key = () => randomBytes(32).toString('base64');

describe('a local command', { skip }, () => {
  test('reads no secret of the gateway’s environment, in its own or above it', async (t) => {
    const secrets = {
      ASSENT_SECRET_KEY: key(),
      ASSENT_OIDC_CLIENT_SECRET: `multi\nline "$HOME" \`id\` ${key()}`,
      PGPASSWORD: `pg-${key()}`,
      https_proxy: 'http://user:hunter22hunter@127.0.0.1:9',
    };
    const oidc = { ASSENT_OIDC_ISSUER: 'https://login.example', ASSENT_OIDC_CLIENT_ID: 'assent' };
    const { folder, home, start } = set(t, { ...secrets, ...oidc, HTTP_PROXY: 'http://127.0.0.1:9' });
    const running = await start();
    const seen = await pried(running, home, folder);
    for (const [name, value] of Object.entries(secrets))
      for (const { pid, environ, cmdline } of seen) {
        const whose = pid === running.child.pid ? 'the gateway' : `process ${pid}`;
        for (const text of [value, Buffer.from(value).toString('base64').slice(0, -3)])
          assert.ok(!environ.includes(text) && !cmdline.includes(text), `${name} of ${whose}`);
        if (pid === running.child.pid) assert.ok(!environ.includes(`${name}=`), name);
      }
    assert.equal(await running.stop(), 0);
    assert.doesNotMatch(await running.stderr, /Warning|can read/);
  });

  test('and the gateway has them still: what it seals opens with that key alone', async (t) => {
    const { home, start } = set(t, { ASSENT_SECRET_KEY: key() });
    const first = await start();
    const lock = readFileSync(join(home.ASSENT_HOME, 'data', 'gateway.pid'), 'utf8');
    assert.equal(Number.parseInt(lock, 10), first.child.pid, 'it is the process that was started');
    assert.equal((await assent(['secrets', 'set', 'TOKEN'], home, 'hunter22')).code, 0);
    assert.equal(await first.stop(), 0);
    assert.match(await first.stderr, /^SIGTERM: finishing what is under way/m);
    assert.equal(await (await start()).stop(), 0);
    const other = await assent(['up', '--port', '0'], { ...home, ASSENT_SECRET_KEY: key() });
    assert.match(other.stderr, /^assent: The key from ASSENT_SECRET_KEY does not open what is sealed/);
  });

  test('is warned of where what started the gateway has a secret', async (t) => {
    const { folder, home } = set(t, {});
    const secret = { ASSENT_SECRET_KEY: key() };
    const shell = ['/bin/sh', '-c', '"$@"; exit $?', 'sh'];
    const args = ['--port', '0', '--allow-stdio-connectors'];
    const running = await up(t, args, { ...home, ...secret }, undefined, shell);
    const lock = readFileSync(join(folder, 'home', 'data', 'gateway.pid'), 'utf8');
    process.kill(Number.parseInt(lock, 10), 'SIGTERM');
    const says = (await running.stderr).split('\n').filter((line) => line.startsWith('Local commands'));
    assert.deepEqual(says, [
      `Local commands of connectors can read ASSENT_SECRET_KEY in the environment of process ${running.child.pid} (sh). Start the gateway from one that has no secrets: ASSENT_SECRET_KEY_FILE, ASSENT_DATABASE_URL_FILE, ASSENT_OIDC_CLIENT_SECRET_FILE name files to read them from.`,
    ]);
  });

  test('is warned of where the gateway cannot start again, for a parent that speaks with it', async (t) => {
    const { home } = set(t, {});
    const program = join(import.meta.dirname, '..', 'dist', 'cli.js');
    const env = { PATH: process.env['PATH'], ...home, ASSENT_SECRET_KEY: key() };
    const child = fork(program, ['up', '--port', '0', '--allow-stdio-connectors'], { env, silent: true });
    const exited = once(child, 'exit');
    t.after(() => child.kill('SIGKILL'));
    assert.ok(child.stdout && child.stderr);
    const stderr = text(child.stderr);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    const says = `^Local commands of connectors can read ASSENT_SECRET_KEY in the environment of process ${child.pid} `;
    assert.match(await stderr, new RegExp(says, 'm'));
  });

  test('finds nothing in any environment where the secrets come from files, or from a pipe', async (t) => {
    const [value, pipe] = [key(), `pg-${key()}`];
    const { folder, home } = set(t, {});
    const file = join(folder, 'key');
    writeFileSync(file, `${value}\n`, { mode: 0o600 });
    const env = { ...home, ASSENT_SECRET_KEY_FILE: file, PGPASSWORD: pipe };
    const piped = ['/bin/sh', '-c', 'exec 9<<END\nsecret-of-sso\nEND\nexec "$@"', 'sh'];
    const oidc = {
      ASSENT_OIDC_CLIENT_SECRET_FILE: '/dev/fd/9',
      ASSENT_OIDC_ISSUER: 'https://login.example',
      ASSENT_OIDC_CLIENT_ID: 'assent',
    };
    const args = ['--port', '0', '--allow-stdio-connectors'];
    const running = await up(t, args, { ...env, ...oidc }, undefined, piped);
    for (const { environ } of await pried(running, home, folder))
      for (const text of [value, pipe, 'secret-of-sso']) assert.ok(!environ.includes(text), text);
    assert.equal(await running.stop(), 0);
    assert.ok(!existsSync(join(home.ASSENT_HOME, 'data', 'secret.key')), 'the key is that of the file');
  });
});

test('a start that was handed nothing says so, and starts nothing', async (t) => {
  const env = { ASSENT_HOME: scratchFolder(t), ASSENT_SECRETS_FD: '3' };
  assert.deepEqual(await assent(['up', '--port', '0'], env), {
    code: 1,
    stdout: '',
    stderr:
      'assent: ASSENT_SECRETS_FD is set, and there are no secrets to be read there. `assent up` sets it for itself: unset it.\n',
  });
});
