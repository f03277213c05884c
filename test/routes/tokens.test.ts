import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenHash } from '../../src/lib/tokens.ts';
import { assertRefused } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';

const day = 24 * 3600_000;
const tokenFields = ['createdAt', 'expiresAt', 'id', 'name', 'revokedAt', 'scopes'];

onEachEngine('user tokens', (here) => {
  test("are shown once, are one's own, and work until they are revoked", async () => {
    const { gateway, member, owner } = here();
    const made = await gateway.call('POST', '/v1/tokens', { ...member, body: { name: 'laptop' } });
    assert.equal(made.status, 201);
    assert.deepEqual(fields(made.body), ['token', 'value']);
    const { token, value } = made.body;
    assert.deepEqual(fields(token), tokenFields);
    assert.match(token.createdAt, isoTime);
    assert.deepEqual([token.name, token.revokedAt], ['laptop', null]);
    assert.match(value, /^ast_u_[A-Za-z0-9_-]{43}$/);

    const list = await gateway.call('GET', '/v1/tokens', member);
    assert.equal(list.status, 200);
    assert.deepEqual(list.body.tokens[0], token);
    for (const one of list.body.tokens) assert.deepEqual(fields(one), tokenFields);
    const text = JSON.stringify(list.body);
    assert.ok(!text.includes(value.slice(6)) && !text.includes(tokenHash(value)), text);
    assert.ok(!JSON.stringify((await gateway.call('GET', '/v1/tokens', owner)).body).includes(token.id));

    const { user } = (await gateway.call('GET', '/v1/status', { token: value })).body;
    assert.deepEqual([user.id, user.role], [member.userId, 'member']);
    const revoked = await gateway.call('DELETE', `/v1/tokens/${token.id}`, { token: value });
    assert.equal(revoked.status, 200);
    assert.deepEqual(revoked.body, { token: { ...token, revokedAt: revoked.body.token.revokedAt } });
    assert.match(revoked.body.token.revokedAt, isoTime);
    const says = 'This token has been revoked. Log in again with `assent login`.';
    assertRefused(await gateway.call('GET', '/v1/status', { token: value }), 401, 'unauthenticated', says);
    const again = await gateway.call('DELETE', `/v1/tokens/${token.id}`, member);
    assert.deepEqual([again.status, again.body], [200, revoked.body]);
  });

  test('of another user are not there, whatever the role of who asks', async () => {
    const { gateway, member, admin, owner } = here();
    const made = await gateway.call('POST', '/v1/tokens', { ...member, body: { name: 'mine' } });
    const { token, value } = made.body;
    for (const asker of [admin, owner]) {
      const answer = await gateway.call('DELETE', `/v1/tokens/${token.id}`, { token: asker.token });
      assertRefused(answer, 404, 'not_found', 'There is no such token of yours.');
    }
    assert.equal((await gateway.call('GET', '/v1/status', { token: value })).status, 200);
  });

  test('end after 90 days, unless it is said that they have no end', async () => {
    const { gateway, member } = here();
    const make = async (body: object, token = member.token) =>
      (await gateway.call('POST', '/v1/tokens', { token, body: { name: 'made', ...body } })).body;
    const { token, value } = await make({});
    assert.equal(Date.parse(token.expiresAt) - Date.parse(token.createdAt), 90 * day);
    const endless = await make({ ttlSeconds: null });
    assert.equal(endless.token.expiresAt, null);
    const status = async (token: string) => (await gateway.call('GET', '/v1/status', { token })).body.token;
    assert.equal((await status(value)).expiresAt, token.expiresAt);
    assert.equal((await status(endless.value)).expiresAt, null);

    const further = await make({ ttlSeconds: null }, value);
    assert.equal(further.token.expiresAt, token.expiresAt, 'nothing outlasts the token that made it');
  });

  test('end after the time they were made for', async () => {
    const { gateway, member, time } = here();
    const body = { name: 'short', ttlSeconds: 60 };
    const { token, value } = (await gateway.call('POST', '/v1/tokens', { ...member, body })).body;
    assert.equal(Date.parse(token.expiresAt) - Date.parse(token.createdAt), 60_000);
    time.now += 59_999;
    assert.equal((await gateway.call('GET', '/v1/status', { token: value })).status, 200);
    time.now += 1;
    const says = 'This token has expired. Log in again with `assent login`.';
    assertRefused(await gateway.call('GET', '/v1/status', { token: value }), 401, 'unauthenticated', says);
  });
});
