// `assent backup` and `assent restore`, with real gateways beside them.
import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, type TestContext, test } from 'node:test';
import { type Cleanup, CleanupStack } from './support/cleanup-stack.ts';
import { damage, type Machine, machine, secretsIn } from './support/data-folder.ts';

const otherKey = Buffer.alloc(32, 7).toString('base64');

/** A gateway that has kept one secret, and a place for its backup. */
async function withSecret(t: Cleanup) {
  const here = machine(t);
  const gateway = await here.up();
  await here.putSecret('TOKEN', 'the-token-of-the-notes');
  return { here, gateway, file: join(here.folder, 'copy.db') };
}

/** The same, backed up and ended: a copy of the folder of one that was. */
async function backedUp(t: TestContext) {
  const here = machine(t);
  cpSync(await ended(), here.folder, { recursive: true });
  return { here, file: join(here.folder, 'copy.db') };
}

const shared = new CleanupStack();
after(() => shared.close());
let made: Promise<string> | undefined;
const ended = () => (made ??= backUpOne());

async function backUpOne(): Promise<string> {
  const { here, gateway, file } = await withSecret(shared);
  const { code, stderr } = await here.run(['backup', file]);
  assert.equal(code, 0, stderr);
  assert.equal(await gateway.stop(), 0);
  return here.folder;
}

const modeOf = (path: string) => statSync(path).mode & 0o777;

function organizationsIn(path: string): unknown[] {
  const raw = new DatabaseSync(path, { readOnly: true });
  try {
    return raw
      .prepare('select id from organization')
      .all()
      .map(({ id }) => id);
  } finally {
    raw.close();
  }
}

/** Nothing half-made is left where the backup was to be. */
const leftIn = (folder: string) => readdirSync(folder).filter((name) => name !== 'home');

describe('assent backup', () => {
  test('copies the database of a running gateway and its key, for their owner alone', async (t) => {
    const { here, gateway, file } = await withSecret(t);
    const { code, stdout, stderr } = await here.run(['backup', file]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /copy\.db/);
    assert.match(stdout, /copy\.db\.key/);
    assert.deepEqual([modeOf(file), modeOf(`${file}.key`)], [0o600, 0o600]);
    assert.deepEqual(leftIn(here.folder).toSorted(), ['copy.db', 'copy.db.key'], 'whole in one file');
    assert.equal(readFileSync(`${file}.key`, 'utf8'), readFileSync(here.key, 'utf8'));
    assert.deepEqual(secretsIn(file, here.data), { TOKEN: 'the-token-of-the-notes' });
    assert.ok(!(stdout + stderr).includes(readFileSync(here.key, 'utf8').trim()));
    assert.equal(await gateway.stop(), 0);
  });

  test('and that of one that does not run, also where it was killed', async (t) => {
    const { here, gateway, file } = await withSecret(t);
    gateway.child.kill('SIGKILL');
    await gateway.stderr;
    const killed = await here.run(['backup', file, '--json']);
    assert.equal(killed.code, 0, killed.stderr);
    assert.deepEqual(secretsIn(file, here.data), { TOKEN: 'the-token-of-the-notes' });
    const second = await here.up();
    assert.equal(await second.stop(), 0);
    const stopped = await here.run(['backup', `${file}2`, '--json', '--data-dir', here.data]);
    const answer = JSON.parse(stopped.stdout);
    assert.deepEqual(answer, {
      file: `${file}2`,
      keyFile: `${file}2.key`,
      bytes: statSync(`${file}2`).size,
      organizations: 1,
    });
  });

  test('while writes go on, misses nothing that was acknowledged before it began', async (t) => {
    const { here, gateway, file } = await withSecret(t);
    const acknowledged: string[] = [];
    const ended = new AbortController();
    const writing = (async () => {
      for (let at = 0; !ended.signal.aborted; at++) {
        await here.putSecret(`KEY_${at}`, `the-value-${at}`);
        acknowledged.push(`KEY_${at}`);
      }
    })();
    try {
      for (let round = 0; round < 3; round++) {
        const before = [...acknowledged];
        const { code, stderr } = await here.run(['backup', file, '--force']);
        assert.equal(code, 0, stderr);
        const kept = secretsIn(file, here.data);
        for (const key of before) assert.equal(kept[key], key.replace('KEY_', 'the-value-'));
      }
    } finally {
      ended.abort();
      await writing;
    }
    assert.ok(acknowledged.length > 0);
    assert.equal(await gateway.stop(), 0);
  });

  test('overwrites nothing unless it is told to', async (t) => {
    const { here, file } = await backedUp(t);
    const key = readFileSync(`${file}.key`, 'utf8');
    writeFileSync(file, 'mine');
    for (const taken of [file, `${file}.key`]) {
      const again = await here.run(['backup', file]);
      assert.deepEqual(
        [again.code, again.stderr],
        [
          1,
          `assent: ${taken} is there already, and is kept. Choose another name, or replace it with --force.\n`,
        ],
      );
      rmSync(taken);
      if (taken === file) assert.equal(readFileSync(`${file}.key`, 'utf8'), key);
    }
    writeFileSync(file, 'mine');
    const forced = await here.run(['backup', file, '--force']);
    assert.equal(forced.code, 0, forced.stderr);
    assert.equal(organizationsIn(file).length, 1);
  });

  test('a symlink counts as a file that is there; with --force it is replaced, and not followed', async (t) => {
    const { here, file } = await backedUp(t);
    const [link, goal] = [join(here.folder, 'link.db'), join(here.folder, 'goal.db')];
    symlinkSync(goal, link);
    const refused = await here.run(['backup', link]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /link\.db is there already/);
    symlinkSync(goal, `${link}.unfinished`);
    assert.equal((await here.run(['backup', link, '--force'])).code, 0);
    assert.equal(existsSync(goal), false);
    assert.ok(lstatSync(link).isFile());
    assert.equal(organizationsIn(link).length, 1);
    assert.ok(existsSync(file));
  });

  test('never writes over what the gateway itself works with', async (t) => {
    const { here } = await backedUp(t);
    const before = readFileSync(here.database);
    const inside = join(here.folder, 'inside');
    symlinkSync(here.data, inside);
    for (const path of [here.database, join(inside, 'assent.db'), join(here.data, 'secret')]) {
      const { code, stderr } = await here.run(['backup', path, '--force']);
      assert.equal(code, 1, path);
      assert.match(stderr, /the gateway itself works with.*Choose another name/);
    }
    assert.deepEqual(readFileSync(here.database), before);
  });

  test('says where it cannot write', async (t) => {
    const { here, file } = await backedUp(t);
    const before = readdirSync(here.folder);
    for (const path of [join(file, 'inside.db'), join(here.folder, 'nowhere', 'copy.db')]) {
      const { code, stderr } = await here.run(['backup', path]);
      assert.equal(code, 1);
      assert.match(stderr, /^assent: .* cannot be written: .*Choose another place\.\n$/);
    }
    mkdirSync(join(here.folder, 'folder'));
    const { stderr } = await here.run(['backup', join(here.folder, 'folder'), '--force']);
    assert.match(stderr, /folder is a folder\. Name a file/);
    assert.deepEqual(readdirSync(here.folder).toSorted(), [...before, 'folder'].toSorted());
  });

  test('a damaged database gets no copy that looks whole', async (t) => {
    const { here, file } = await backedUp(t);
    damage(here.database);
    const bad = join(here.folder, 'bad.db');
    const { code, stderr } = await here.run(['backup', bad]);
    assert.equal(code, 1);
    assert.match(stderr, /^assent: .*assent\.db is damaged: /);
    assert.deepEqual(
      leftIn(here.folder).filter((name) => name.startsWith('bad')),
      [],
    );
    assert.ok(existsSync(file));
  });

  test('where there is no database, or none with an organization', async (t) => {
    const here = machine(t);
    const file = join(here.folder, 'copy.db');
    const missing = await here.run(['backup', file, '--json']);
    assert.equal(missing.code, 1);
    assert.deepEqual(JSON.parse(missing.stdout), {
      error: {
        code: 'database_missing',
        message: `There is no database in ${here.data}. Say where the gateway keeps it with --data-dir.`,
      },
    });
    assert.ok(!existsSync(here.data), 'and makes no folder');
    mkdirSync(here.data, { recursive: true });
    writeFileSync(here.database, '');
    assert.match((await here.run(['backup', file])).stderr, /There is no database in/);
    assert.deepEqual(leftIn(here.folder), []);
  });

  test('with ASSENT_SECRET_KEY the key is not written, and is said to be needed', async (t) => {
    const here = machine(t);
    const env = { ASSENT_SECRET_KEY: otherKey };
    const gateway = await here.up([], env);
    const file = join(here.folder, 'copy.db');
    const { code, stdout, stderr } = await here.run(['backup', file], env);
    assert.equal(code, 0, stderr);
    assert.match(stdout + stderr, /ASSENT_SECRET_KEY.*needed/);
    assert.ok(!(stdout + stderr).includes(otherKey));
    assert.equal(existsSync(`${file}.key`), false);
    // Asked from a shell that does not have it: there is no file to copy either.
    const bare = await here.run(['backup', `${file}2`, '--json']);
    assert.equal(JSON.parse(bare.stdout).keyFile, null);
    assert.equal(await gateway.stop(), 0);
  });

  test('a key that does not open what is sealed is no key to keep beside it', async (t) => {
    const { here, gateway, file } = await withSecret(t);
    const { code, stderr } = await here.run(['backup', file], { ASSENT_SECRET_KEY: otherKey });
    assert.equal(code, 1);
    assert.match(stderr, /^assent: The key from ASSENT_SECRET_KEY does not open what is sealed in/);
    assert.deepEqual(leftIn(here.folder), []);
    assert.equal(await gateway.stop(), 0);
  });

  test('PostgreSQL has its own tool, and is named', async (t) => {
    const here = machine(t);
    const env = { ASSENT_DATABASE_URL: 'postgres://u:hunter22hunter@127.0.0.1:9/none' };
    for (const verb of ['backup', 'restore']) {
      const { code, stdout, stderr } = await here.run([verb, join(here.folder, 'x'), '--json'], env);
      assert.equal(code, 1);
      assert.equal(JSON.parse(stdout).error.code, 'not_embedded');
      assert.match(stderr, verb === 'backup' ? /pg_dump/ : /pg_restore/);
      assert.match(stderr, /secret\.key/);
      assert.ok(!(stdout + stderr).includes('hunter22'));
    }
  });
});

/** Another machine, with the backup carried there. */
function elsewhere(t: TestContext, file: string, withKey = true): Machine & { readonly file: string } {
  const there = machine(t);
  const carried = join(there.folder, 'carried.db');
  copyFileSync(file, carried);
  if (withKey) copyFileSync(`${file}.key`, `${carried}.key`);
  return { ...there, file: carried };
}

describe('assent restore', () => {
  test('gives another machine the same organization, and its secrets open', async (t) => {
    const { here, file } = await backedUp(t);
    const there = elsewhere(t, file);
    const { code, stdout, stderr } = await there.run(['restore', there.file]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /`assent up`/);
    assert.deepEqual([modeOf(there.database), modeOf(there.key), modeOf(there.data)], [0o600, 0o600, 0o700]);
    const gateway = await there.up();
    assert.match(gateway.second, /^page: /, 'no first start');
    assert.deepEqual(secretsIn(there.database, there.data), { TOKEN: 'the-token-of-the-notes' });
    assert.deepEqual(organizationsIn(there.database), organizationsIn(here.database));
    assert.equal(await gateway.stop(), 0);
  });

  test('not under a running gateway', async (t) => {
    const { here, file } = await backedUp(t);
    const gateway = await here.up();
    for (const flags of [[], ['--force']]) {
      const { code, stderr } = await here.run(['restore', file, ...flags]);
      assert.equal(code, 1);
      assert.match(stderr, /^assent: Another gateway \(process \d+\) runs on .*Stop it first/);
    }
    assert.equal(await gateway.stop(), 0);
  });

  test('keeps a database that is there; with --force it is put aside, with its log', async (t) => {
    const { here, gateway, file } = await withSecret(t);
    assert.equal((await here.run(['backup', file])).code, 0);
    await here.putSecret('LATER', 'set-after-the-backup');
    gateway.child.kill('SIGKILL');
    await gateway.stderr;
    const refused = await here.run(['restore', file]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^assent: .*data holds a database already\. .*--force/);
    const { code, stdout, stderr } = await here.run(['restore', file, '--force', '--json']);
    assert.equal(code, 0, stderr);
    const { replaced } = JSON.parse(stdout);
    assert.deepEqual(secretsIn(here.database, here.data), { TOKEN: 'the-token-of-the-notes' });
    assert.deepEqual(
      readdirSync(here.data)
        .filter((name) => /^assent\.db-(?:wal|shm)$/.test(name))
        .filter((name) => statSync(join(here.data, name)).size > 0 && name.endsWith('-wal')),
      [],
      'the log of the old one is not taken for that of the new one',
    );
    assert.deepEqual(secretsIn(replaced, here.data), {
      TOKEN: 'the-token-of-the-notes',
      LATER: 'set-after-the-backup',
    });
    const again = await here.up();
    assert.match(again.second, /^page: /);
    assert.equal(await again.stop(), 0);
  });

  test('asks for the key that fits, and changes nothing without it', async (t) => {
    const { file } = await backedUp(t);
    const there = elsewhere(t, file, false);
    const without = await there.run(['restore', there.file]);
    assert.equal(without.code, 1);
    assert.match(without.stderr, /^assent: There is no key for .*carried\.db\.key.*ASSENT_SECRET_KEY/);
    const wrong = await there.run(['restore', there.file], { ASSENT_SECRET_KEY: otherKey });
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^assent: The key from ASSENT_SECRET_KEY does not open what is sealed in/);
    writeFileSync(`${there.file}.key`, `${otherKey}\n`, { mode: 0o600 });
    const beside = await there.run(['restore', there.file]);
    assert.match(beside.stderr, /^assent: The key from .*carried\.db\.key does not open what is sealed in/);
    assert.deepEqual(databaseFiles(there.data), []);
    const right = readFileSync(`${file}.key`, 'utf8').trim();
    const fits = await there.run(['restore', there.file], { ASSENT_SECRET_KEY: right });
    assert.equal(fits.code, 0, fits.stderr);
    const gateway = await there.up([], { ASSENT_SECRET_KEY: right });
    assert.equal(await gateway.stop(), 0);
  });

  test('another key in the folder is not replaced unasked, and kept where it is', async (t) => {
    const { file } = await backedUp(t);
    const there = elsewhere(t, file);
    mkdirSync(there.data, { recursive: true, mode: 0o700 });
    writeFileSync(there.key, `${otherKey}\n`, { mode: 0o600 });
    const refused = await there.run(['restore', there.file]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /secret\.key is another key.*--force/);
    const { code, stdout } = await there.run(['restore', there.file, '--force', '--json']);
    assert.equal(code, 0);
    assert.equal(readFileSync(JSON.parse(stdout).replacedKey, 'utf8'), `${otherKey}\n`);
    assert.deepEqual(secretsIn(there.database, there.data), { TOKEN: 'the-token-of-the-notes' });
  });

  test('a file that is damaged, half written, not a database, or not of Assent', async (t) => {
    const { file } = await backedUp(t);
    const there = elsewhere(t, file);
    damage(there.file);
    assert.match((await there.run(['restore', there.file])).stderr, /carried\.db is damaged: /);
    copyFileSync(file, there.file);
    truncateSync(there.file, Math.floor(statSync(file).size / 2));
    assert.match((await there.run(['restore', there.file])).stderr, /carried\.db is damaged: /);
    writeFileSync(there.file, 'words, and no pages of a database. '.repeat(200));
    assert.match(
      (await there.run(['restore', there.file])).stderr,
      /carried\.db is damaged: .*not a database/,
    );
    rmSync(there.file);
    const other = new DatabaseSync(there.file);
    other.exec('create table organization (id text)');
    other.close();
    assert.match((await there.run(['restore', there.file])).stderr, /carried\.db is no backup of Assent/);
    rmSync(there.file);
    assert.match((await there.run(['restore', there.file])).stderr, /There is no file .*carried\.db/);
    writeFileSync(there.file, '');
    assert.match((await there.run(['restore', there.file])).stderr, /carried\.db is no backup of Assent/);
    assert.deepEqual(databaseFiles(there.data), []);
  });

  test('a file of a newer version', async (t) => {
    const { file } = await backedUp(t);
    const there = elsewhere(t, file);
    const raw = new DatabaseSync(there.file);
    raw.exec(`insert into kysely_migration (name, timestamp) values ('9999-later', '2030')`);
    raw.close();
    const { code, stdout } = await there.run(['restore', there.file, '--json']);
    assert.equal(code, 1);
    assert.equal(JSON.parse(stdout).error.code, 'newer');
    assert.match(JSON.parse(stdout).error.message, /of a newer version of Assent.*"9999-later"/);
    assert.deepEqual(databaseFiles(there.data), []);
  });
});

const databaseFiles = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('assent.db') || name === 'secret.key');
