import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Tables } from '../tables.ts';
import { migrations } from './migrate.ts';
import { openStore } from './open.ts';
import { sqliteWriter } from './sqlite.ts';

/** A database as version 0006 left it, with an organization, and the folder that it is in. */
async function older(t: TestContext): Promise<{ path: string; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'assent-backup-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'assent.db');
  const db = new Kysely<Tables>({ dialect: sqliteWriter(path, 1000) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo('0006-sign-in');
  assert.equal(error, undefined);
  await db.destroy();
  const raw = new DatabaseSync(path);
  raw.exec(
    "insert into organization (id, name, slug, \"createdAt\") values ('o1', 'Ours', 'ours', '2026-01-01')",
  );
  raw.close();
  return { path, folder };
}

const open = (path: string) => openStore({ engine: 'sqlite', path });
const backups = (folder: string) => readdirSync(folder).filter((name) => name.includes('.before-'));

test('a database is copied before it is migrated, whole and for its owner alone', async (t) => {
  const { path, folder } = await older(t);
  const store = await open(path);
  await store.close();
  assert.deepEqual(backups(folder), ['assent.db.before-0007-action-reviews']);
  const backup = join(folder, 'assent.db.before-0007-action-reviews');
  assert.equal(statSync(backup).mode & 0o777, 0o600);
  const copy = new DatabaseSync(backup, { readOnly: true });
  t.after(() => copy.close());
  assert.deepEqual(
    copy
      .prepare('select id from organization')
      .all()
      .map((row) => row.id),
    ['o1'],
  );
  const columns = copy.prepare("select name from pragma_table_info('org_connectors')").all();
  assert.ok(
    columns.some(({ name }) => name === 'tool_risk_overrides'),
    'as it was before',
  );
});

test('a new database, and one that is up to date, are not copied', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assent-backup-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (let start = 0; start < 2; start++) await (await open(join(folder, 'assent.db'))).close();
  assert.deepEqual(backups(folder), []);
});

test('nothing is migrated where no copy can be made', async (t) => {
  const { path, folder } = await older(t);
  // A folder where the copy would be written.
  mkdirSync(join(folder, 'assent.db.before-0007-action-reviews', 'in-the-way'), { recursive: true });
  await assert.rejects(open(path), {
    code: 'backup_failed',
    message:
      /^The database must be migrated, and could not be copied to .*before-0007-action-reviews first: .*Make room there, then start again\.$/,
  });
  const raw = new DatabaseSync(path, { readOnly: true });
  t.after(() => raw.close());
  const names = raw.prepare('select name from kysely_migration order by name').all();
  assert.equal(names.at(-1)?.name, '0006-sign-in');
  assert.ok(!readdirSync(folder).some((name) => name.endsWith('.unfinished')));
});
