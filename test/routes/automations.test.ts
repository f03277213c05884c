import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';

onEachEngine('automations', (here) => {
  test('are made by admins, and seen by all members', async () => {
    const { gateway, admin, member } = here();
    const made = await gateway.call('POST', '/v1/automations', { ...admin, body: { name: ' nightly ' } });
    assert.equal(made.status, 201);
    assert.deepEqual(fields(made.body), ['automation']);
    const { automation } = made.body;
    assert.deepEqual(fields(automation), ['createdAt', 'createdBy', 'id', 'name', 'organizationId']);
    assert.deepEqual([automation.name, automation.createdBy], ['nightly', admin.userId]);
    assert.match(automation.createdAt, isoTime);
    const list = await gateway.call('GET', '/v1/automations', member);
    assert.deepEqual([list.status, list.body], [200, { automations: [automation] }]);
    const one = await gateway.call('GET', `/v1/automations/${automation.id}`, member);
    assert.deepEqual([one.status, one.body], [200, { automation }]);
  });

  test('of the same name may be in two organizations, and not twice in one', async () => {
    const { gateway, owner, stranger } = here();
    const body = { name: 'weekly' };
    assert.equal((await gateway.call('POST', '/v1/automations', { ...owner, body })).status, 201);
    assert.equal(
      (await gateway.call('POST', '/v1/automations', { token: stranger.token, body })).status,
      201,
    );
    assertRefused(
      await gateway.call('POST', '/v1/automations', { ...owner, body }),
      409,
      'conflict',
      'There is an automation "weekly" already. Choose another name.',
    );
  });

  test('go with their overrides; their sessions fall back on the modes of the organization', async () => {
    const { gateway, owner } = here();
    const made = await gateway.call('POST', '/v1/automations', { ...owner, body: { name: 'passing' } });
    const { id } = made.body.automation;
    await gateway.call('PUT', `/v1/automations/${id}/action-modes/test:look`, {
      ...owner,
      body: { mode: 'deny' },
    });
    const session = await gateway.session(owner.token, { automationId: id });
    assert.equal((await session.invoke('look')).status, 403);
    const deleted = await gateway.call('DELETE', `/v1/automations/${id}`, owner);
    assert.deepEqual([deleted.status, deleted.body], [204, '']);
    const ran = await session.invoke('look');
    assert.deepEqual([ran.status, ran.body.invocation.automationId], [200, id]);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/action-modes'],
    ] as const) {
      const answer = await gateway.call(method, `/v1/automations/${id}${path}`, owner);
      assertRefused(answer, 404, 'not_found', 'There is no such automation.');
    }
    const opened = await gateway.call('POST', '/v1/sessions', { ...owner, body: { automationId: id } });
    assertRefused(opened, 404, 'not_found', 'There is no such automation.');
  });

  test('of another organization give no session their modes', async () => {
    const { gateway, owner, stranger } = here();
    const made = await gateway.call('POST', '/v1/automations', { ...owner, body: { name: 'ours' } });
    const body = { automationId: made.body.automation.id };
    const opened = await gateway.call('POST', '/v1/sessions', { token: stranger.token, body });
    assertRefused(opened, 404, 'not_found', 'There is no such automation.');
  });
});
