import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { assent, up } from './support/cli.ts';
import { engines } from './support/databases.ts';
import { scratchFolder } from './support/scratch.ts';

function set(t: TestContext) {
  const folder = scratchFolder(t);
  const env = { ASSENT_HOME: join(folder, 'home'), ASSENT_LOG_LEVEL: 'error' };
  return {
    folder,
    env,
    data: join(folder, 'home', 'data'),
    start: (...args: string[]) => up(t, ['--port', '0', ...args], env),
  };
}

describe('assent up', () => {
  test('the first start makes everything that the next command needs; later ones find it', async (t) => {
    const { env, data, start } = set(t);
    const first = await start();
    assert.match(
      first.second,
      /^sign in, once, within 15 minutes: http:\/\/127\.0\.0\.1:\d+\/login\?token=[\w-]{43}$/,
    );
    for (const name of ['assent.db', 'secret.key', 'gateway.pid']) {
      assert.equal(statSync(join(data, name)).mode & 0o077, 0, name);
    }
    assert.equal(statSync(join(env.ASSENT_HOME, 'credentials.json')).mode & 0o777, 0o600);
    const status = await assent(['status', '--json'], env);
    assert.equal(status.code, 0, status.stderr);
    assert.equal(JSON.parse(status.stdout).user.role, 'owner');
    assert.equal(await first.stop(), 0);

    const second = await start();
    assert.equal(second.second, `page: ${second.address}`);
    assert.equal(
      (await assent(['status'], env)).code,
      0,
      'the credentials follow the gateway to another port',
    );
    assert.equal(await second.stop(), 0);
  });

  test('whoever has lost their ways in gets a link that lets them set new ones', async (t) => {
    const { env, start } = set(t);
    assert.equal(await (await start()).stop(), 0);
    const database = new DatabaseSync(join(env.ASSENT_HOME, 'data', 'assent.db'));
    const { id } = database.prepare('select id from auth_user').get() ?? {};
    database
      .prepare(
        `insert into auth_account (id, accountId, providerId, userId, password, createdAt, updatedAt)
         values ('lost', ?, 'credential', ?, 'forgotten', '2030-01-01', '2030-01-01')`,
      )
      .run(String(id), String(id));
    database.close();

    const running = await start('--recover', 'Owner@Assent.local');
    const says = /^sign in as Owner@Assent\.local, once, within 15 minutes: (http\S+)$/;
    const link = says.exec(running.second)?.[1] ?? assert.fail(running.second);
    const { origin, searchParams } = new URL(link);
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
    const signedIn = await fetch(`${origin}/login`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ token: searchParams.get('token') ?? '' }).toString(),
      redirect: 'manual',
    });
    assert.equal(signedIn.status, 200);
    const secret = /data-secret="([^"]+)"/.exec(await signedIn.text())?.[1] ?? '';
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const path = '/v1/auth/passkey/generate-register-options';
    assert.equal((await fetch(origin + path, { headers: { cookie, 'x-assent-page': secret } })).status, 200);
    assert.equal(await running.stop(), 0);

    const unknown = await assent(['up', '--port', '0', '--recover', 'nobody@example.com'], env);
    assert.deepEqual(
      [unknown.code, unknown.stderr],
      [
        1,
        'assent: Nobody here has the address nobody@example.com. `assent members list` shows who there is.\n',
      ],
    );
  });

  test('a second gateway on the same data is refused, and told who has it', async (t) => {
    const { env, data, start } = set(t);
    const first = await start();
    const second = await assent(['up', '--port', '0'], env);
    assert.equal(second.code, 1);
    assert.equal(second.stdout, '');
    assert.equal(
      second.stderr,
      `assent: Another gateway (process ${first.child.pid}) runs on ${data}. Stop it first, or choose another folder with --data-dir.\n`,
    );
    first.child.kill('SIGKILL');
    await first.stderr;
    const third = await start();
    assert.equal(await third.stop(), 0, 'a killed gateway leaves no lock behind');
  });

  test('a port in use', async (t) => {
    const { env } = set(t);
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    t.after(() => taken.close());
    const address = taken.address();
    assert.ok(typeof address === 'object' && address !== null);
    const ended = await assent(['up', '--port', String(address.port)], env);
    assert.equal(ended.code, 1);
    assert.equal(
      ended.stderr,
      `assent: Port ${address.port} on 127.0.0.1 is in use. Choose another with --port, or --port 0 for any free one.\n`,
    );
  });

  test('a data folder that cannot be written', async (t) => {
    const { folder, env } = set(t);
    writeFileSync(join(folder, 'file'), '');
    const ended = await assent(['up', '--port', '0', '--data-dir', join(folder, 'file', 'data')], env);
    assert.equal(ended.code, 1);
    assert.match(
      ended.stderr,
      /^assent: The data folder .*\/file\/data cannot be written: .* Choose another one with --data-dir\.\n$/,
    );
  });

  test('a database of a newer version, a file that is no database, and one that does not answer', async (t) => {
    const { env, data, start } = set(t);
    assert.equal(await (await start()).stop(), 0);
    const database = new DatabaseSync(join(data, 'assent.db'));
    database.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`);
    database.close();
    const newer = await assent(['up', '--port', '0'], env);
    assert.deepEqual(
      [newer.code, newer.stderr],
      [
        1,
        'assent: The database is of a newer version of Assent (it has the migration "9999-later"). Start that version, or restore a backup.\n',
      ],
    );
    writeFileSync(
      join(data, 'assent.db'),
      'this is no database, but it is long enough to look at. '.repeat(100),
    );
    const broken = await assent(['up', '--port', '0'], env);
    assert.equal(broken.code, 1);
    assert.match(
      broken.stderr,
      /^assent: The database .*assent\.db is damaged: file is not a database\. Restore a backup with `assent restore/,
    );
    const away = await assent(
      ['up', '--port', '0', '--database-url', 'postgres://u:hunter22hunter@127.0.0.1:9/none'],
      env,
    );
    assert.equal(away.code, 1);
    assert.match(away.stderr, /^assent: The database cannot be opened: /);
    assert.ok(!away.stderr.includes('hunter22hunter'));
  });

  test('a key that is none, or that others may read', async (t) => {
    const { env, data, start } = set(t);
    const short = await assent(['up', '--port', '0'], { ...env, ASSENT_SECRET_KEY: 'hunter22' });
    assert.equal(short.code, 1);
    assert.equal(
      short.stderr,
      'assent: ASSENT_SECRET_KEY does not hold 32 bytes in base64 or hex. Make some with: openssl rand -base64 32\n',
    );
    assert.equal(await (await start()).stop(), 0);
    const key = join(data, 'secret.key');
    assert.equal(Buffer.from(readFileSync(key, 'utf8'), 'base64').length, 32);
    const { chmodSync } = await import('node:fs');
    chmodSync(key, 0o644);
    const open = await assent(['up', '--port', '0'], env);
    assert.deepEqual(
      [open.code, open.stderr],
      [1, `assent: ${key} can be read by others. Make it your own with: chmod 600 ${key}\n`],
    );
  });

  test('options that make no sense are usage errors', async (t) => {
    const { env } = set(t);
    for (const args of [
      ['--port', 'http'],
      ['--log-level', 'loud'],
      ['--database-url', 'mysql://x'],
      ['--prot', '1'],
      ['surplus'],
    ]) {
      const ended = await assent(['up', ...args], env);
      assert.equal(ended.code, 2, `${args.join(' ')}: ${ended.stderr}`);
      assert.match(ended.stderr, /^assent: /);
    }
  });

  const postgres = engines.find(({ name }) => name === 'postgres');
  test('runs on PostgreSQL too', { skip: postgres?.skip ?? 'no such engine' }, async (t) => {
    const { env, start } = set(t);
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const running = await start('--database-url', location.url);
    const status = await assent(['status', '--json'], env);
    assert.equal(JSON.parse(status.stdout).database, 'postgres');
    assert.equal(await running.stop(), 0);
  });
});
