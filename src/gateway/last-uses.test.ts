import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { defer } from '../../test/support/cleanup-stack.ts';
import { scratchFolder } from '../../test/support/scratch.ts';
import { newId } from '../lib/ids.ts';
import { openStore } from '../store/engine/open.ts';
import { findGrant, insertGrant } from '../store/grants.ts';
import { LastUses } from './last-uses.ts';

const minute = 60_000;
const now = 1_800_000_000_000;

test('the use of a right is written once a minute, and again where the database would not take it', async (t) => {
  const store = await openStore({ engine: 'sqlite', path: join(scratchFolder(t), 'assent.db') });
  defer(t, () => store.close());
  const id = newId();
  const none = { method: null, address: null, user_agent: null, proven_at: null, secret_hash: null };
  const times = { created_at: now, expires_at: null, bounded_until: null, used_at: null, ended_at: null };
  const grant = { id, kind: 'user_token', user_id: newId(), organization_id: null, parent_id: null } as const;
  await store.write((tx) => insertGrant(tx, { ...grant, ...times, ...none }));
  let writes = 0;
  let isHeld = false;
  const uses = new LastUses({
    write: (unit, durability) => {
      writes++;
      return isHeld ? Promise.reject(new Error('held')) : store.write(unit, durability);
    },
  });
  const usedAt = async () => (await findGrant(store.db, id))?.used_at;

  uses.note(id, now);
  uses.note(id, now + 1000);
  await uses.flush(now + 1000);
  assert.deepEqual([await usedAt(), writes], [now, 1]);
  uses.note(id, now + minute - 1);
  await uses.flush(now + minute - 1);
  assert.deepEqual([await usedAt(), writes], [now, 1]);

  uses.note(id, now + minute);
  isHeld = true;
  await assert.rejects(uses.flush(now + minute), /held/);
  isHeld = false;
  await uses.flush(now + minute);
  assert.deepEqual([await usedAt(), writes], [now + minute, 3]);
});
