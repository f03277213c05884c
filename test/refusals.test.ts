// What a session is refused before anything is recorded leaves a trace: how often, by code, and when last.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openStore } from '../src/store/engine/open.ts';
import { listRefusals } from '../src/store/session-refusals.ts';
import { type Cleanup, defer } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { poll } from './support/poll.ts';
import { scratchFolder } from './support/scratch.ts';
import { scriptedSource } from './support/scripted-source.ts';

const limits = { pendingPerSession: 1, invokesPerWindow: 8 };

for (const engine of engines) {
  describe(`refusals on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: Cleanup) {
      const source = scriptedSource();
      const time = { now: Date.parse('2026-01-01T00:00:00.000Z') };
      const replacements = { sourceKinds: [source.kind], clock: () => time.now };
      const gateway = await startGateway(t, replacements, { limits }, engine);
      const owner = { token: gateway.ownerToken };
      const shown = async (id: string) => {
        await gateway.gateway.refusals.flush();
        const { body } = await gateway.call('GET', `/v1/sessions/${id}`, owner);
        return body.session.refusals;
      };
      const counts = async (id: string) =>
        Object.fromEntries(
          (await shown(id)).map((one: { code: string; count: number }) => [one.code, one.count]),
        );
      return { source, gateway, time, owner, session: await gateway.session(), shown, counts };
    }

    test('each code is counted for its session, and what is on record is not', async (t) => {
      const { gateway, session, owner, counts, source } = await set(t);
      const other = await gateway.session();
      await session.invoke('look');
      await session.invoke('destroy');
      assert.equal((await session.invoke('change', {}, { 'idempotency-key': 'k' })).status, 202);
      assert.deepEqual(await counts(session.id), {}, 'done, denied and waiting are rows of their own');

      assertRefused(await session.invoke('change'), 429, 'pending_limit', /already has 1/);
      await session.invoke('look', { extra: 1 });
      await session.invoke('lok');
      await session.invoke('change', { text: 'b' }, { 'idempotency-key': 'k' });
      source.broken = new Error('down');
      await session.invoke('look');
      source.broken = undefined;
      await session.invoke('look');
      await session.invoke('look');
      const call = (method: string, path: string, options = {}) =>
        gateway.call(method, path, { token: session.token, ...options });
      const invoke = `/v1/sessions/${session.id}/actions/invoke`;
      assert.equal((await call('POST', invoke, { raw: '{' })).status, 400);
      assert.equal((await call('POST', invoke, { body: {} })).status, 400);
      assert.equal((await call('POST', invoke, { raw: `"${'x'.repeat(1024 * 1024)}"` })).status, 413);
      assert.equal((await call('GET', '/v1/secrets')).status, 403);
      assert.equal(
        (await call('PUT', '/v1/action-modes/test%3Alook', { body: { mode: 'allow' } })).status,
        403,
      );
      assert.equal((await call('GET', `/v1/sessions/${other.id}/actions/available`)).status, 404);
      assert.deepEqual(await counts(session.id), {
        forbidden: 2,
        idempotency_mismatch: 1,
        invalid_params: 1,
        invalid_request: 2,
        not_found: 1,
        payload_too_large: 1,
        pending_limit: 1,
        rate_limited: 2,
        source_unavailable: 1,
        unknown_action: 1,
      });
      assert.deepEqual(await counts(other.id), {});
      const { sessions } = (await gateway.call('GET', '/v1/sessions', owner)).body;
      const one = (await gateway.call('GET', `/v1/sessions/${session.id}`, owner)).body.session;
      assert.deepEqual(
        sessions.find(({ id }: { id: string }) => id === session.id),
        one,
      );
    });

    test('what its user has switched off is counted', async (t) => {
      const { gateway, session, owner, counts } = await set(t);
      const body = { disabled: ['test'] };
      assert.equal((await gateway.call('PUT', '/v1/preferences/actions', { ...owner, body })).status, 200);
      assert.equal((await session.invoke('look')).status, 403);
      assert.deepEqual(await counts(session.id), { source_disabled: 1 });
    });

    test('a token that has been revoked or has expired is counted for its session, with the time', async (t) => {
      const { gateway, session, owner, shown, time } = await set(t);
      const short = await gateway.session(owner.token, { ttlSeconds: 60 });
      await gateway.call('DELETE', `/v1/sessions/${session.id}`, owner);
      time.now += 60_000;
      for (const one of [session, short, session]) {
        time.now += 1000;
        assert.equal((await one.invoke('look')).status, 401);
      }
      const at = (ms: number) => new Date(time.now - ms).toISOString();
      assert.deepEqual(await shown(session.id), [{ code: 'unauthenticated', count: 2, lastAt: at(0) }]);
      assert.deepEqual(await shown(short.id), [{ code: 'unauthenticated', count: 1, lastAt: at(1000) }]);
    });

    test('a refusal is answered as ever where it cannot be counted', async (t) => {
      const { gateway, session } = await set(t);
      await gateway.gateway.store.write((tx) => tx.schema.dropTable('session_refusals').execute());
      const refused = () => gateway.call('GET', '/v1/secrets', { token: session.token });
      assertRefused(await refused(), 403, 'forbidden', /^A session token cannot do this/);
      await assert.rejects(gateway.gateway.refusals.flush());
      assertRefused(await refused(), 403, 'forbidden', /^A session token cannot do this/);
      await gateway.stop();
    });
  });
}

test('housekeeping writes what was counted', async (t) => {
  const gateway = await startGateway(t, { housekeepingMs: 5 });
  const session = await gateway.session();
  await gateway.call('GET', '/v1/secrets', { token: session.token });
  const { db } = gateway.gateway.store;
  const row = await poll('the count', async () => (await listRefusals(db, session.id))[0]);
  assert.deepEqual([row.code, row.count], ['forbidden', 1]);
});

test('a clean stop writes what was counted last', async (t) => {
  const dataDir = scratchFolder(t);
  const gateway = await startGateway(t, { housekeepingMs: 3_600_000 }, { dataDir });
  const session = await gateway.session();
  await gateway.call('GET', '/v1/secrets', { token: session.token });
  await gateway.stop();
  const store = await openStore({ engine: 'sqlite', path: join(dataDir, 'assent.db') });
  defer(t, () => store.close());
  const counted = await listRefusals(store.db, session.id);
  assert.deepEqual(
    counted.map(({ code, count }) => [code, count]),
    [['forbidden', 1]],
  );
});
