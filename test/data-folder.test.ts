// What `assent up` makes of a data folder in which something is missing, damaged, or does not belong together.
import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { Secret } from '../src/lib/secret.ts';
import { damage, machine } from './support/data-folder.ts';
import { engines } from './support/databases.ts';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';

/** A machine whose gateway has run once, kept a secret, and ended. */
async function ended(t: TestContext) {
  const here = machine(t);
  const gateway = await here.up();
  await here.putSecret('TOKEN', 'the-token-of-the-notes');
  assert.equal(await gateway.stop(), 0);
  return here;
}

describe('a data folder without its database', () => {
  const missing = (data: string, what: string) =>
    `assent: ${data} holds a key (secret.key), and ${what}. Restore a backup with \`assent restore FILE\`, or start as a new organization all the same with \`assent up --new\`.\n`;

  test('is not started on unasked: missing, of no bytes, or without tables', async (t) => {
    const here = await ended(t);
    const key = readFileSync(here.key, 'utf8');
    rmSync(here.database);
    assert.deepEqual(await here.refused(), [1, missing(here.data, 'no database')]);
    assert.equal(existsSync(here.database), false);
    writeFileSync(here.database, '');
    assert.deepEqual(await here.refused(), [1, missing(here.data, 'an empty database')]);
    assert.equal(statSync(here.database).size, 0);
    // What a copy of the file alone is, while the gateway runs: its first page.
    rmSync(here.database);
    const header = new DatabaseSync(here.database);
    header.exec('pragma journal_mode = wal; create table x (y); drop table x');
    header.close();
    assert.deepEqual(await here.refused(), [1, missing(here.data, 'an empty database')]);

    const anew = await here.up(['--new']);
    assert.match(anew.second, /^sign in, once/);
    assert.equal(await anew.stop(), 0);
    assert.equal(readFileSync(here.key, 'utf8'), key);
    const again = await here.up();
    assert.match(again.second, /^page: /);
    assert.equal(await again.stop(), 0);
  });

  test('a log without its database is not thrown away', async (t) => {
    const here = machine(t);
    const gateway = await here.up();
    gateway.child.kill('SIGKILL');
    await gateway.stderr;
    const log = readFileSync(`${here.database}-wal`);
    assert.ok(log.length > 0);
    rmSync(here.database);
    rmSync(here.key);
    const [code, sentence] = await here.refused();
    assert.equal(code, 1);
    assert.match(sentence, /holds the log of a database \(assent\.db-wal\), and no database/);
    assert.deepEqual(readFileSync(`${here.database}-wal`), log);
    const anew = await here.up(['--new']);
    assert.equal(await anew.stop(), 0);
    const kept = readdirSync(here.data).find((name) => /^assent\.db\.replaced-.*-wal$/.test(name)) ?? '';
    assert.deepEqual(readFileSync(join(here.data, kept)), log);
  });

  test('an empty folder, and an empty file in it, start as they did', async (t) => {
    const here = machine(t);
    mkdirSync(here.data, { recursive: true, mode: 0o700 });
    writeFileSync(here.database, '');
    const gateway = await here.up();
    assert.match(gateway.second, /^sign in, once/);
    assert.equal(await gateway.stop(), 0);
  });
});

describe('a database without its key', () => {
  test('is not started on unasked; with --new it is put aside', async (t) => {
    const here = await ended(t);
    rmSync(here.key);
    const [code, sentence] = await here.refused();
    assert.deepEqual(
      [code, sentence],
      [
        1,
        `assent: The key to ${here.database} is missing: there is no ${here.key}, and ASSENT_SECRET_KEY is not set. Put back the key that it was made with, restore a backup with \`assent restore FILE --force\`, or start as a new organization all the same with \`assent up --new\`: the database is kept beside then.\n`,
      ],
    );
    assert.equal(existsSync(here.key), false, 'no new key is made');
    const anew = await here.up(['--new']);
    assert.match(anew.second, /^sign in, once/);
    assert.equal(await anew.stop(), 0);
    assert.match(await anew.stderr, /kept as .*assent\.db\.replaced-/);
    const kept = readdirSync(here.data).find((name) => /^assent\.db\.replaced-[^-]*$/.test(name)) ?? '';
    const old = new DatabaseSync(join(here.data, kept), { readOnly: true });
    assert.deepEqual(
      old
        .prepare('select key from secrets')
        .all()
        .map((row) => row['key']),
      ['TOKEN'],
    );
    old.close();
  });

  test('but with ASSENT_SECRET_KEY it is', async (t) => {
    const here = await ended(t);
    const key = readFileSync(here.key, 'utf8').trim();
    rmSync(here.key);
    const gateway = await here.up([], { ASSENT_SECRET_KEY: key });
    assert.equal(await gateway.stop(), 0);
  });

  test('a key that does not open what is sealed is refused', async (t) => {
    const here = await ended(t);
    const other = Buffer.alloc(32, 7).toString('base64');
    const { code, stderr } = await here.run(['up', '--port', '0'], { ASSENT_SECRET_KEY: other });
    assert.deepEqual(
      [code, stderr],
      [
        1,
        `assent: The key from ASSENT_SECRET_KEY does not open what is sealed in the database. Start with the key that it was sealed with, or restore a backup together with its key.\n`,
      ],
    );
    const right = readFileSync(here.key);
    writeFileSync(here.key, `${other}\n`, { mode: 0o600 });
    const [, sentence] = await here.refused();
    assert.match(
      sentence,
      /^assent: The key from .*secret\.key does not open what is sealed in the database\./,
    );
    writeFileSync(here.key, right);
    assert.equal(await (await here.up()).stop(), 0);
  });

  test('--new where nothing is missing leaves everything as it is', async (t) => {
    const here = await ended(t);
    const before = readFileSync(here.database);
    assert.deepEqual(await here.refused('--new'), [
      1,
      `assent: ${here.data} holds a database and its key: there is nothing to start anew. Leave --new away, or choose another folder with --data-dir.\n`,
    ]);
    assert.deepEqual(readFileSync(here.database), before);
    const url = 'postgres://u:hunter22hunter@127.0.0.1:9/none';
    const { code } = await here.run(['up', '--new', '--database-url', url]);
    assert.equal(code, 2);
  });
});

describe('a damaged database', () => {
  test('is refused at start, and the damage is named', async (t) => {
    const here = await ended(t);
    const whole = join(here.folder, 'whole.db');
    copyFileSync(here.database, whole);
    damage(here.database);
    const [code, sentence] = await here.refused();
    assert.equal(code, 1);
    assert.match(
      sentence,
      /^assent: The database .*assent\.db is damaged: .+\. Restore a backup with `assent restore FILE --force`: what is there now is kept beside\.\n$/,
    );
    copyFileSync(whole, here.database);
    truncateSync(here.database, Math.floor(statSync(whole).size / 2));
    assert.match((await here.refused())[1], /assent\.db is damaged: /);
  });

  test('of which one page is garbage', async (t) => {
    const here = await ended(t);
    const bytes = readFileSync(here.database);
    const middle = Math.floor(bytes.length / 4096 / 2) * 4096;
    bytes.fill(0xa5, middle, middle + 4096);
    writeFileSync(here.database, bytes);
    assert.match((await here.refused())[1], /assent\.db is damaged: /);
  });
});

const postgres = engines.find(({ name }) => name === 'postgres');
describe('PostgreSQL', { skip: postgres?.skip ?? 'no such engine' }, () => {
  test('without the key of its organization, or with another one, is refused', async (t) => {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const databaseUrl = new Secret(location.url);
    const dataDir = scratchFolder(t);
    const first = await startGateway(t, {}, { databaseUrl, dataDir });
    const answer = await first.call('PUT', '/v1/secrets/TOKEN', {
      token: first.ownerToken,
      body: { value: 'x'.repeat(20) },
    });
    assert.equal(answer.status, 200);
    await first.stop();
    await assert.rejects(startGateway(t, {}, { databaseUrl, dataDir: scratchFolder(t) }), {
      code: 'key_missing',
      message: /^The key to the database is missing: .*ASSENT_SECRET_KEY is not set\. Put back/,
    });
    const secretKey = new Secret(Buffer.alloc(32, 7).toString('base64'));
    await assert.rejects(startGateway(t, {}, { databaseUrl, dataDir, secretKey }), { code: 'wrong_key' });
    const again = await startGateway(t, {}, { databaseUrl, dataDir });
    await again.stop();
  });
});
