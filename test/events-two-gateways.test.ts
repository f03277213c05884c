import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { Secret } from '../src/lib/secret.ts';
import { openStore } from '../src/store/engine/open.ts';
import type { Cleanup } from './support/cleanup-stack.ts';
import { engines } from './support/databases.ts';
import { gist, listen } from './support/events.ts';
import { startGateway } from './support/gateway.ts';
import { scriptedSource } from './support/scripted-source.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

describe('events of two gateways on one PostgreSQL', { skip: postgres?.skip }, () => {
  async function set(t: Cleanup) {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const config = {
      databaseUrl: new Secret(location.url),
      secretKey: new Secret(randomBytes(32).toString('base64')),
      metrics: { host: '127.0.0.1', port: 0 },
    };
    const source = scriptedSource();
    const start = () => startGateway(t, { sourceKinds: [source.kind] }, config);
    const here = await start();
    const there = await start();
    const session = await here.session();
    const decide = (id: string, verb: string) =>
      there.call('POST', `/v1/sessions/${session.id}/actions/invocations/${id}/${verb}`, {
        token: there.ownerToken,
      });
    const ask = async (action = 'change') => (await session.invoke(action)).body.invocation.id as string;
    return { location, here, there, session, decide, ask };
  }

  test('reach the subscribers of both, once each, as they are read', async (t) => {
    const { here, there, session, decide, ask } = await set(t);
    const stranger = await there.person('owner', await there.organization());
    const listening = [
      await listen(t, here.address, `/v1/sessions/${session.id}/events`, session),
      await listen(t, there.address, `/v1/sessions/${session.id}/events`, session),
      await listen(t, there.address, '/v1/events', { token: there.ownerToken }),
    ];
    const strange = await listen(t, here.address, '/v1/events', { token: stranger.token });
    const heard = async () => {
      const [first, ...others] = await Promise.all(listening.map((one) => one.next()));
      assert.ok(first);
      for (const other of others) assert.deepEqual(other, first);
      return gist(first);
    };
    const approved = await ask();
    assert.equal(await heard(), `action_approval_request pending ${approved}`);
    assert.equal((await decide(approved, 'approve')).status, 200);
    assert.equal(await heard(), `action_completed completed ${approved}`);
    const denied = await ask();
    assert.equal(await heard(), `action_approval_request pending ${denied}`);
    await decide(denied, 'deny');
    assert.equal(await heard(), `action_approval_result denied ${denied}`);
    const many = await Promise.all(Array.from({ length: 50 }, () => ask('look')));
    const told = new Set<string>();
    for (const _ of many) told.add(await heard().then((text) => text.split(' ')[2] ?? ''));
    assert.deepEqual([...told].toSorted(), many.toSorted());
    assert.deepEqual(
      [...listening, strange].map((one) => one.unread()),
      [[], [], [], []],
    );
  });

  test('wake who waits for an answer at the other', async (t) => {
    const { here, session, decide, ask } = await set(t);
    const id = await ask();
    const path = `/v1/sessions/${session.id}/actions/invocations/${id}?wait=60`;
    const waiting = here.call('GET', path, { token: session.token });
    await decide(id, 'approve');
    assert.equal((await waiting).body.invocation.status, 'completed');
  });

  test('are counted by the gateway that they happened at, and no other', async (t) => {
    const { here, there, session, ask } = await set(t);
    const listener = await listen(t, there.address, `/v1/sessions/${session.id}/events`, session);
    await ask();
    await listener.next();
    const counted = async (gateway: typeof here) =>
      /^assent_invocation_events_total\{.*"pending"\} (\d+)$/m.exec(
        await (await fetch(gateway.metricsUrl ?? assert.fail())).text(),
      )?.[1];
    assert.deepEqual([await counted(here), await counted(there)], ['1', undefined]);
  });

  test('are not silently lost with the connection: who listens is asked to come again', async (t) => {
    const { location, here, session, ask } = await set(t);
    const before = await listen(t, here.address, `/v1/sessions/${session.id}/events`, session);
    const admin = await openStore(location);
    t.after(() => admin.close());
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where query like 'listen %' or query like 'select pg_notify%'`.execute(admin.db);
    assert.ok(rows.length >= 2);
    assert.deepEqual(await before.closed, {
      code: 1012,
      reason: 'something may be missing; connect again with ?after=',
    });
    const id = await ask();
    const path = `/v1/sessions/${session.id}/events?after=${before.cursor()}`;
    const again = await listen(t, here.address, path, session);
    assert.deepEqual(again.missed.map(gist), [`action_approval_request pending ${id}`]);
  });
});
