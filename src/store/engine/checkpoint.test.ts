import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { insertOrganization } from '../organizations.ts';
import { inspectDatabase } from './inspect.ts';
import { openStore } from './open.ts';

test('what is committed is in the file itself after a while, and all of it after the end', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const folder = mkdtempSync(join(tmpdir(), 'assent-checkpoint-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'assent.db');
  const fileAlone = () => {
    copyFileSync(path, join(folder, 'alone.db'));
    return inspectDatabase(join(folder, 'alone.db'));
  };
  const store = await openStore({ engine: 'sqlite', path });
  await store.write((tx) => insertOrganization(tx, { id: 'o1', name: 'Ours', slug: 'ours' }, 0));
  assert.equal(fileAlone().state, 'empty', 'a copy of the file has nothing of it yet');
  t.mock.timers.tick(30_000);
  // Reads wait for the connection, and so for the checkpoint.
  await store.db.selectFrom('organization').select('id').execute();
  const later = fileAlone();
  assert.equal(later.state === 'filled' && later.organizations, 1);
  await store.write((tx) => insertOrganization(tx, { id: 'o2', name: 'Theirs', slug: 'theirs' }, 0));
  await store.close();
  assert.equal(existsSync(`${path}-wal`), false);
  const atTheEnd = fileAlone();
  assert.equal(atTheEnd.state === 'filled' && atTheEnd.organizations, 2);
});
