import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { insertOrganization } from '../organizations.ts';
import { copyDatabase } from './copy.ts';
import { inspectDatabase } from './inspect.ts';
import { openStore } from './open.ts';

async function set(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'assent-copy-'));
  const path = join(folder, 'assent.db');
  const store = await openStore({ engine: 'sqlite', path });
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const add = (id: string) =>
    store.write((tx) => insertOrganization(tx, { id, name: id, slug: id }, 0), 'committed');
  return { folder, path, to: join(folder, 'copy.db'), add };
}

test('an open database is copied as it was when the copy began, whatever is written meanwhile', async (t) => {
  const { path, to, add } = await set(t);
  await add('before');
  const copied = copyDatabase(path, to);
  await add('meanwhile');
  await copied;
  const copy = inspectDatabase(to);
  assert.equal(copy.state === 'filled' && copy.organizations, 1);
});

test('the copy is one file, for its owner alone, and says how far it is', async (t) => {
  const { folder, path, to, add } = await set(t);
  await add('one');
  writeFileSync(to, 'what is left of an earlier copy', { mode: 0o644 });
  const shares: number[] = [];
  await copyDatabase(path, to, { progress: (share) => shares.push(share) });
  assert.ok(shares.every((share) => share >= 0 && share <= 1));
  assert.equal(statSync(to).mode & 0o777, 0o600);
  inspectDatabase(to);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('copy')),
    ['copy.db'],
  );
});

test('a symlink in its place is replaced, and not followed', async (t) => {
  const { folder, path, to } = await set(t);
  symlinkSync(join(folder, 'goal.db'), to);
  await copyDatabase(path, to);
  assert.ok(!readdirSync(folder).includes('goal.db'));
});

test('what is no database, and a place that cannot be written, are told apart', async (t) => {
  const { folder, path, to } = await set(t);
  const words = join(folder, 'words');
  writeFileSync(words, 'words, and no pages of a database. '.repeat(200));
  await assert.rejects(copyDatabase(words, to), {
    code: 'damaged',
    message: /words is damaged: .*not a database/,
  });
  await assert.rejects(copyDatabase(path, join(words, 'copy.db')), { code: 'ENOTDIR' });
});
