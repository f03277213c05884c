// Gateways on one PostgreSQL whose clocks differ: what holds however far apart they are, and what needs them close.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { expire, recover } from '../src/gateway/invocations/sweep.ts';
import { Secret } from '../src/lib/secret.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scriptedSource } from './support/scripted-source.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

describe('two gateways with different clocks', { skip: postgres?.skip }, () => {
  /** `there` is ahead of `here`. */
  async function set(t: TestContext, aheadMs: number) {
    const location = await postgres?.fresh(t);
    assert.ok(location?.engine === 'postgres');
    const config = {
      databaseUrl: new Secret(location.url),
      secretKey: new Secret(randomBytes(32).toString('base64')),
    };
    const source = scriptedSource();
    const time = { now: Date.now() };
    const start = (ahead: number) =>
      startGateway(t, { sourceKinds: [source.kind], clock: () => time.now + ahead }, config);
    const here = await start(0);
    const there = await start(aheadMs);
    const session = await here.session();
    const owner = { token: here.ownerToken };
    const pathOf = (id: string) => `/v1/sessions/${session.id}/actions/invocations/${id}`;
    const pending = async () => (await session.invoke('change')).body.invocation.id as string;
    const approve = (at: typeof here, id: string) => at.call('POST', `${pathOf(id)}/approve`, owner);
    const statusOf = async (id: string) => (await here.call('GET', pathOf(id), owner)).body.invocation.status;
    return { source, time, here, there, session, pending, approve, statusOf };
  }

  test('less than a lease apart: what one asks, the other approves, and it runs once', async (t) => {
    const { source, here, there, pending, approve } = await set(t, 10_000);
    const id = await pending();
    const answers = await Promise.all([approve(here, id), approve(there, id)]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.equal(source.calls.length, 1);
  });

  test('a request expires by the clock that is ahead, once, and at neither can it be approved after', async (t) => {
    const { source, time, here, there, pending, approve, statusOf } = await set(t, 20_000);
    const id = await pending();
    time.now += here.gateway.limits.pendingExpiryMs - 20_000 - 1;
    await expire(there.gateway);
    assert.equal(await statusOf(id), 'pending');
    time.now += 1;
    assertRefused(await approve(there, id), 410, 'expired', /^This request has expired/);
    assertRefused(await approve(here, id), 410, 'expired', /^This request has expired/);
    assert.deepEqual(source.calls, []);
  });

  test('less than a lease apart: an execution is not taken for an abandoned one', async (t) => {
    const { source, here, there, session } = await set(t, 10_000);
    source.answer = async () => {
      assert.equal(await recover(there.gateway, { alone: false }), 0);
      assert.equal(await recover(here.gateway, { alone: false }), 0);
      return 'done';
    };
    assert.equal((await session.invoke('look')).body.result, 'done');
  });

  test('however far apart: nothing runs twice, and the record never says more than is known', async (t) => {
    const { source, there, session, statusOf } = await set(t, 3_600_000);
    source.answer = async () => {
      await recover(there.gateway, { alone: false });
      return 'done';
    };
    const answer = await session.invoke('look', {}, { 'idempotency-key': 'one' });
    const again = await session.invoke('look', {}, { 'idempotency-key': 'one' });
    assert.equal(source.calls.length, 1);
    // Where the other has ended it, its row says that the outcome is unknown, and who asked is sent to look at it.
    if (answer.status !== 200) assert.equal(answer.body.error.code, 'conflict');
    assert.equal(await statusOf(again.body.invocation.id), answer.status === 200 ? 'completed' : 'failed');
  });
});
