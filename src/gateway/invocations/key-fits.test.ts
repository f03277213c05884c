import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sealer } from '../../lib/seal.ts';
import { openStore } from '../../store/engine/open.ts';
import { putIntegration } from '../../store/integrations.ts';
import { dropKeptResults, keepResult } from '../../store/kept-results.ts';
import { insertTarget } from '../../store/notifications.ts';
import { insertOrganization } from '../../store/organizations.ts';
import { putSecret } from '../../store/secrets.ts';
import { integrationSealContext, secretSealContext } from '../actions/stored-secret.ts';
import { webhookSealContext } from '../notifications/targets.ts';
import { keyFits } from './key-fits.ts';
import { resultSealContext } from './whole-result.ts';

test('a key fits that opens something of what is sealed, whatever kind it is, or where nothing is', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assent-key-'));
  const store = await openStore({ engine: 'sqlite', path: join(folder, 'assent.db') });
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const [right, wrong] = [sealer(new Uint8Array(32)), sealer(new Uint8Array(32).fill(1))];
  const both = async () => [await keyFits(store.db, right), await keyFits(store.db, wrong)];
  assert.deepEqual(await both(), [true, true], 'nothing is sealed');

  const result = { invocation_id: 'i1', session_id: 's1', bytes: 1, kept_at: 0 };
  const sealedResult = right.seal('1', resultSealContext('i1'));
  await store.write((tx) => keepResult(tx, { ...result, sealed: sealedResult }, 10));
  assert.deepEqual(await both(), [true, false]);
  await store.write((tx) => dropKeptResults(tx, [result], 'age'));
  assert.deepEqual(await both(), [true, true], 'what was dropped is not sealed');

  const organization_id = 'o1';
  await store.write((tx) => insertOrganization(tx, { id: 'o1', name: 'Ours', slug: 'ours' }, 0));
  const times = { created_at: 0, updated_at: 0 };
  const place = integrationSealContext(organization_id, 'linear');
  const sealed_token = right.seal('a-token', place);
  await store.write((tx) =>
    putIntegration(tx, { organization_id, provider: 'linear', base_url: null, sealed_token, ...times }),
  );
  assert.deepEqual(await both(), [true, false]);

  const sealed = right.seal('value', secretSealContext(organization_id, 'OTHER'));
  await store.write((tx) => putSecret(tx, { organization_id, key: 'KEY', sealed, ...times }));
  assert.deepEqual(await both(), [true, false], 'one that does not open says nothing');

  const sealed_secret = wrong.seal('secret', webhookSealContext('t1'));
  await store.write((tx) =>
    insertTarget(tx, {
      id: 't1',
      organization_id,
      kind: 'webhook',
      target: 'https://example.com',
      sealed_secret,
      created_by: 'u1',
      created_at: 0,
    }),
  );
  assert.deepEqual(await both(), [true, true]);
});
