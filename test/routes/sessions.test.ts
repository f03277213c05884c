import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';

const sessionFields = [
  'automationId',
  'createdAt',
  'createdBy',
  'expiresAt',
  'id',
  'name',
  'organizationId',
  'refusals',
  'revokedAt',
];

onEachEngine('sessions', (here) => {
  test('are opened by members, and show their token once', async () => {
    const { gateway, member, owner } = here();
    const { status, body } = await gateway.call('POST', '/v1/sessions', {
      ...member,
      body: { name: ' fix the bug ' },
    });
    assert.equal(status, 201);
    assert.deepEqual(fields(body), ['env', 'session', 'token']);
    const { session, token, env } = body;
    assert.deepEqual(fields(session), sessionFields);
    assert.deepEqual(
      [session.name, session.createdBy, session.automationId, session.revokedAt],
      ['fix the bug', member.userId, null, null],
    );
    assert.match(session.createdAt, isoTime);
    assert.match(token, /^ast_s_[A-Za-z0-9_-]{43}$/);
    assert.deepEqual(env, {
      ASSENT_GATEWAY_URL: gateway.publicUrl,
      ASSENT_SESSION_ID: session.id,
      ASSENT_TOKEN: token,
    });
    const one = await gateway.call('GET', `/v1/sessions/${session.id}`, owner);
    assert.deepEqual([one.status, one.body], [200, { session }]);
    const list = await gateway.call('GET', '/v1/sessions', owner);
    assert.equal(list.status, 200);
    assert.deepEqual(list.body.sessions[0], session);
    for (const answer of [one, list]) assert.ok(!JSON.stringify(answer.body).includes(token.slice(6)));
    assert.equal(
      (await gateway.call('GET', `/v1/sessions/${session.id}/actions/available`, { token })).status,
      200,
    );
  });

  test('live eight hours, or as long as they are asked to: one minute to thirty days', async () => {
    const { gateway, owner } = here();
    const lives = [
      [{}, 8 * 3600],
      [{ ttlSeconds: 60 }, 60],
      [{ ttlSeconds: 30 * 24 * 3600 }, 30 * 24 * 3600],
    ] as const;
    for (const [body, seconds] of lives) {
      const { session } = (await gateway.call('POST', '/v1/sessions', { ...owner, body })).body;
      assert.equal(Date.parse(session.expiresAt) - Date.parse(session.createdAt), seconds * 1000);
    }
  });

  test('end when their time is over, to the second', async () => {
    const { gateway, owner, time } = here();
    const session = await gateway.session(owner.token, { ttlSeconds: 60 });
    time.now += 59_999;
    assert.equal((await session.invoke('look')).status, 200);
    time.now += 1;
    const says = 'This session has expired. Open a new one with `assent sessions create`.';
    assertRefused(await session.invoke('look'), 401, 'unauthenticated', says);
  });

  test("a member revokes their own, and finds nobody else's", async () => {
    const { gateway, member, owner, admin } = here();
    const own = await gateway.session(member.token);
    const revoked = await gateway.call('DELETE', `/v1/sessions/${own.id}`, member);
    assert.equal(revoked.status, 200);
    assert.deepEqual(fields(revoked.body), ['session']);
    assert.deepEqual(fields(revoked.body.session), sessionFields);
    assert.match(revoked.body.session.revokedAt, isoTime);
    for (const { token } of [owner, admin]) {
      const other = await gateway.session(token);
      const refused = await gateway.call('DELETE', `/v1/sessions/${other.id}`, member);
      assertRefused(refused, 404, 'not_found', 'There is no such session of yours.');
      assert.equal((await other.invoke('look')).status, 200);
    }
  });

  test('an admin revokes any of them, and a second time changes nothing', async () => {
    const { gateway, member, admin, time } = here();
    const session = await gateway.session(member.token);
    const first = await gateway.call('DELETE', `/v1/sessions/${session.id}`, admin);
    time.now += 1000;
    const second = await gateway.call('DELETE', `/v1/sessions/${session.id}`, admin);
    assert.deepEqual([second.status, second.body], [200, first.body]);
    const says = 'This session has been revoked. Open a new one with `assent sessions create`.';
    assertRefused(await session.invoke('look'), 401, 'unauthenticated', says);
  });
});
