// After an approval, and again and again, an agent gets what it would have got at once: over HTTP, on both engines.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { dropResults } from '../src/gateway/drop-results.ts';
import type { Limits } from '../src/gateway/gateway.ts';
import { findKeptResult } from '../src/store/kept-results.ts';
import type { Cleanup } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';
import { SaidFailed, scriptedSource } from './support/scripted-source.ts';

const hour = 3_600_000;
/** Larger than the record's copy, and told from it anywhere. */
const big = { text: 'x'.repeat(50_000), end: 'the very end of it' };
const recordsKeep =
  /The record keeps the first 10 KiB: they are the `result` of the invocation [0-9a-f-]{36}\.$/;

for (const engine of engines) {
  describe(`a whole result, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: Cleanup, limits: Partial<Limits> = {}) {
      const source = scriptedSource();
      source.answer = async () => big;
      const time = { now: Date.now() };
      const replacements = {
        sourceKinds: [source.kind],
        clock: () => time.now,
        limits: { invokesPerWindow: 1000, ...limits },
        // A test says itself what is dropped, and when.
        housekeepingMs: 24 * hour,
      };
      const dataDir = scratchFolder(t);
      const gateway = await startGateway(t, replacements, { dataDir }, engine);
      const session = await gateway.session(gateway.ownerToken, { ttlSeconds: 7 * 24 * 3600 });
      const owner = { token: gateway.ownerToken };
      const agent = { token: session.token };
      const path = (id: string, more = '') => `/v1/sessions/${session.id}/actions/invocations/${id}${more}`;
      const whole = (id: string, by = agent) => gateway.call('GET', path(id, '/result'), by);
      const approve = (id: string) => gateway.call('POST', path(id, '/approve'), owner);
      const approved = async () => {
        const { id } = (await session.invoke('change')).body.invocation;
        assert.equal((await approve(id)).status, 200);
        return id as string;
      };
      const allowed = async () => (await session.invoke('look')).body.invocation.id as string;
      return {
        source,
        time,
        gateway,
        dataDir,
        session,
        owner,
        agent,
        path,
        whole,
        approve,
        approved,
        allowed,
      };
    }

    test('the agent has it after an approval, by every way, and again', async (t) => {
      const { gateway, session, path, agent, owner, whole, approve } = await set(t);
      const key = { 'idempotency-key': 'once' };
      const { id } = (await session.invoke('change', {}, key)).body.invocation;
      const waited = gateway.call('GET', path(id, '?wait=60'), agent);
      const { invocation } = (await approve(id)).body;
      assert.deepEqual([isCut(invocation.result), invocation.result.end], [true, big.end]);
      const followed = await waited;
      assert.deepEqual(followed.body, { invocation, result: big });
      for (const wait of ['?wait=0', '?wait=5'])
        assert.deepEqual((await gateway.call('GET', path(id, wait), agent)).body, followed.body);
      for (let times = 0; times < 2; times++) {
        const { status, body } = await whole(id);
        assert.deepEqual([status, body], [200, { invocation, result: big }]);
      }
      const again = await session.invoke('change', {}, key);
      assert.deepEqual([again.status, again.body], [200, { invocation, result: big }]);

      assert.deepEqual((await gateway.call('GET', path(id), agent)).body, { invocation });
      assert.deepEqual((await gateway.call('GET', path(id, '?wait=1'), owner)).body, { invocation });
    });

    test('it is there whatever decided, and whatever the source says of it', async (t) => {
      const { source, session, whole } = await set(t);
      const answers = [big, [big.text, big.end], `${big.text}${big.end}`, { big }];
      for (const answer of answers) {
        for (const said of [answer, new SaidFailed(answer, 'It is full.')]) {
          source.answer = async () => said;
          const asked = await session.invoke('look');
          assert.deepEqual(asked.body.result, answer);
          assert.deepEqual((await whole(asked.body.invocation.id)).body, asked.body);
        }
      }
    });

    test('what fits the record is served from it, also where it calls itself cut', async (t) => {
      const { source, session, gateway, whole } = await set(t);
      const answers = [
        null,
        0,
        '',
        { a: 1 },
        { _truncated: true, _originalSize: 50_000 },
        { _truncated: true, _originalSize: 50_000, value: 'x' },
        'y'.repeat(10_240 - 2),
      ];
      for (const answer of answers) {
        source.answer = async () => answer;
        const { id } = (await session.invoke('look')).body.invocation;
        assert.deepEqual((await whole(id)).body.result, answer);
        assert.equal(await findKeptResult(gateway.gateway.store.db, id), undefined);
      }
      source.answer = async () => 'y'.repeat(10_240 - 1);
      const { id } = (await session.invoke('look')).body.invocation;
      assert.equal((await whole(id)).body.result, 'y'.repeat(10_240 - 1));
      assert.equal((await findKeptResult(gateway.gateway.store.db, id))?.bytes, 10_241);
    });

    test('beyond 1 MiB it is what `allow` gives', async (t) => {
      const { source, session, whole, approved } = await set(t);
      source.answer = async () => ({ text: 'é'.repeat(1024 * 1024) });
      const asked = (await session.invoke('look')).body;
      assert.ok(isCut(asked.result));
      assert.ok(JSON.stringify(asked.result).length > 500_000);
      assert.deepEqual((await whole(asked.invocation.id)).body.result, asked.result);
      assert.deepEqual((await whole(await approved())).body.result, asked.result);
    });

    test('nobody but the session that asked has it', async (t) => {
      const { gateway, owner, whole, approved } = await set(t);
      const id = await approved();
      const other = await gateway.session();
      assertRefused(await whole(id, other), 404, 'not_found', 'There is no such session.');
      const theirs = `/v1/sessions/${other.id}/actions/invocations/${id}/result`;
      for (const by of [other, owner])
        assertRefused(
          await gateway.call('GET', theirs, by),
          404,
          'not_found',
          'There is no such invocation in this session.',
        );
      const stranger = await gateway.person('owner', await gateway.organization());
      assertRefused(await whole(id, stranger), 404, 'not_found', 'There is no such session.');
      for (const by of [owner, await gateway.person('admin'), await gateway.person('member')])
        assertRefused(
          await whole(id, by),
          403,
          'forbidden',
          'The whole result is for the session that asked, and takes its token. The invocation itself holds the first 10 KiB of it.',
        );
    });

    test('what has not ended, or ended without a result, is refused with why', async (t) => {
      const { source, gateway, session, time, owner, path, whole } = await set(t);
      const ask = async (actionId: string) => (await session.invoke(actionId)).body.invocation.id as string;
      const refused = async (id: string, says: string | RegExp) =>
        assertRefused(await whole(id), 409, 'conflict', says);
      const pending = await ask('change');
      await refused(
        pending,
        'It waits for a person to decide, and has no result yet. Follow it with `?wait=60`, then ask again.',
      );
      await gateway.call('POST', path(pending, '/deny'), { ...owner, body: {} });
      await refused(pending, 'It was denied, so that nothing was done and there is no result.');
      await refused(await ask('destroy'), /^It was denied/);
      const late = await ask('change');
      time.now += 6 * 60_000;
      await gateway.call('POST', path(late, '/approve'), owner);
      await refused(
        late,
        'Nobody decided in time, so that nothing was done and there is no result. Invoke the action again.',
      );
      source.answer = async () => assert.fail('No disk.');
      await refused(
        await ask('look'),
        'It failed, and the source answered nothing that could be a result. Its error: No disk.',
      );

      const answered = Promise.withResolvers<unknown>();
      const begun = Promise.withResolvers<void>();
      source.answer = async () => {
        begun.resolve();
        return answered.promise;
      };
      const running = session.invoke('look');
      await begun.promise;
      const list = await gateway.call('GET', path('', '?status=executing').replace('/?', '?'), owner);
      await refused(
        list.body.invocations[0].id,
        'It is running, and has no result yet. Follow it with `?wait=60`, then ask again.',
      );
      answered.resolve(1);
      await running;
    });

    test('it is there for 24 hours, and then says that it is gone, swept or not', async (t) => {
      const { gateway, time, agent, path, whole, approved, session } = await set(t);
      const id = await approved();
      time.now += 24 * hour - 1;
      await dropResults(gateway.gateway);
      assert.deepEqual((await whole(id)).body.result, big);
      time.now += 1;
      for (const sweep of [async () => {}, () => dropResults(gateway.gateway)]) {
        await sweep();
        const answer = await whole(id);
        assertRefused(answer, 410, 'result_gone', recordsKeep);
        assert.match(
          answer.body.error.message,
          /kept no more\. It was kept for 24 hours, and they are over\./,
        );
        const { invocation, result } = (await gateway.call('GET', path(id, '?wait=1'), agent)).body;
        assert.ok(isCut(invocation.result));
        assert.deepEqual(result, invocation.result);
      }
      const kept = await findKeptResult(gateway.gateway.store.db, id);
      assert.deepEqual([kept?.sealed, kept?.dropped], [null, 'age']);
      assert.equal((await session.invoke('look')).status, 200);
    });

    test('a session keeps so much, and a database so much; the oldest go first', async (t) => {
      const { gateway, whole, allowed } = await set(t, { keptPerSessionBytes: 110_000, keptBytes: 160_000 });
      const first = await allowed();
      const second = await allowed();
      const third = await allowed();
      const { message } = (await whole(first)).body.error;
      assert.match(message, /It had to make room for newer ones\./);
      for (const id of [second, third]) assert.deepEqual((await whole(id)).body.result, big);

      const other = await gateway.session();
      for (let times = 0; times < 2; times++) await other.invoke('look');
      assertRefused(await whole(second), 410, 'result_gone', /make room/);
      assert.deepEqual((await whole(third)).body.result, big);
    });

    test('a session that is revoked leaves nothing of its results', async (t) => {
      const { source, gateway, session, owner, whole, approved } = await set(t);
      const id = await approved();
      const answered = Promise.withResolvers<unknown>();
      const begun = Promise.withResolvers<void>();
      source.answer = async () => {
        begun.resolve();
        return answered.promise;
      };
      const running = session.invoke('look');
      await begun.promise;
      await gateway.call('DELETE', `/v1/sessions/${session.id}`, owner);
      const { db } = gateway.gateway.store;
      assert.deepEqual((await findKeptResult(db, id))?.sealed, null);
      assertRefused(await whole(id), 401, 'unauthenticated', /revoked/);
      answered.resolve(big);
      const late = (await running).body.invocation;
      assert.equal(late.status, 'completed');
      assert.equal(await findKeptResult(db, late.id), undefined);
      assert.deepEqual(await sums(gateway), [{ session_id: '', bytes: 0, revoked: 0 }]);
    });

    test('a member who is removed leaves nothing of the results of their sessions', async (t) => {
      const { gateway, owner } = await set(t);
      const member = await gateway.person('member');
      const theirs = await gateway.session(member.token);
      const { id } = (await theirs.invoke('look')).body.invocation;
      const { members } = (await gateway.call('GET', '/v1/members', owner)).body;
      const membership = members.find((one: { userId: string }) => one.userId === member.userId);
      assert.equal((await gateway.call('DELETE', `/v1/members/${membership.id}`, owner)).status, 204);
      assert.equal((await findKeptResult(gateway.gateway.store.db, id))?.sealed, null);
      assert.deepEqual(await sums(gateway), [{ session_id: '', bytes: 0, revoked: 0 }]);
    });

    test('it stays as it was redacted, and the database does not have it in the clear', async (t) => {
      const { source, gateway, dataDir, owner, path, agent, whole, approve, session } = await set(t);
      const secret = 'correct-horse-battery';
      await gateway.call('PUT', '/v1/secrets/KEY', { ...owner, body: { value: secret } });
      const needle = 'a needle at the far end';
      source.answer = async (_params, context) => {
        const value = (await context.credential('KEY')).reveal();
        return { text: `${'x '.repeat(40_000)}${value} ${Buffer.from(value).toString('base64')} ${needle}` };
      };
      const { id } = (await session.invoke('change')).body.invocation;
      await approve(id);
      await gateway.call('DELETE', '/v1/secrets/KEY', owner);
      const answers = [await whole(id), await gateway.call('GET', path(id, '?wait=1'), agent)];
      for (const { body } of answers) {
        assert.match(body.result.text, /\[redacted\] \[redacted\] a needle at the far end$/);
        assert.ok(!JSON.stringify(body).includes(secret));
      }
      const { store, sealer } = gateway.gateway;
      const kept = await findKeptResult(store.db, id);
      assert.ok(kept?.sealed && !kept.sealed.includes(needle));
      assert.throws(() => sealer.open(kept.sealed ?? '', 'result:another'), { code: 'unsealable' });
      if (engine.name === 'postgres') return;
      const files = readdirSync(dataDir).filter((name) => name.startsWith('assent.db'));
      assert.ok(files.length > 0);
      for (const name of files) assert.ok(!readFileSync(join(dataDir, name)).includes(needle), name);
    });

    test('another row opens nothing of it, and says so', async (t) => {
      const { gateway, approved, whole, path, agent } = await set(t);
      const [one, other] = [await approved(), await approved()];
      const { store } = gateway.gateway;
      const { sealed } = (await findKeptResult(store.db, other)) ?? { sealed: null };
      await store.write((tx) =>
        tx.updateTable('kept_results').set({ sealed }).where('invocation_id', '=', one).execute(),
      );
      assertRefused(
        await whole(one),
        410,
        'result_gone',
        /^The whole result is kept no more\. It does not open with the key that the gateway has now\./,
      );
      assert.ok(isCut((await gateway.call('GET', path(one, '?wait=1'), agent)).body.result));
    });

    test('the outcome and the result are recorded together, or neither', async (t) => {
      const { gateway, session, path, whole, owner, approve } = await set(t);
      const { store } = gateway.gateway;
      const rename = (from: string, to: string) =>
        store.write((tx) => sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(tx));
      const { id } = (await session.invoke('change')).body.invocation;
      const status = async () => (await gateway.call('GET', path(id), owner)).body.invocation.status;
      const failed = Promise.withResolvers<void>();
      const { log } = gateway.gateway;
      t.mock.method(log, 'error', () => failed.resolve());
      await rename('kept_results', 'away');
      const ending = approve(id);
      await failed.promise;
      assert.equal(await status(), 'executing');
      await rename('away', 'kept_results');
      assert.equal((await ending).status, 200);
      assert.deepEqual([await status(), (await whole(id)).body.result], ['completed', big]);
      assert.equal((await sums(gateway)).length, 2);
    });
  });
}

function isCut(value: object): boolean {
  return Reflect.get(value, '_truncated') === true;
}

async function sums({ gateway }: Awaited<ReturnType<typeof startGateway>>) {
  const rows = await gateway.store.db
    .selectFrom('kept_result_sums')
    .selectAll()
    .orderBy('session_id')
    .execute();
  return rows.map((row) => ({ ...row }));
}
