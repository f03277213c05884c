import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../../src/lib/ids.ts';
import { onEachEngine, type Setting } from './on-each-engine.ts';

/** The organization's map and an automation's have the same routes. */
const maps = {
  'the organization': async () => '/v1/action-modes',
  'an automation': async ({ gateway, owner }: Setting) => {
    const { body } = await gateway.call('POST', '/v1/automations', { ...owner, body: { name: newId() } });
    return `/v1/automations/${body.automation.id}/action-modes`;
  },
};

onEachEngine('action modes', (here) => {
  for (const [whose, pathOf] of Object.entries(maps)) {
    test(`of ${whose} are set, read, unset and replaced`, async () => {
      const { gateway, admin, member } = here();
      const path = await pathOf(here());
      const call = async (method: string, to: string, body?: object) => {
        const answer = await gateway.call(method, to, { token: admin.token, ...(body && { body }) });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        const read = await gateway.call('GET', path, { token: member.token });
        assert.deepEqual(read.body, answer.body);
        return answer.body;
      };
      assert.deepEqual(await call('GET', path), { modes: {} });
      const one = { 'linear:create_issue': 'allow' };
      assert.deepEqual(await call('PUT', `${path}/linear%3Acreate_issue`, { mode: 'allow' }), { modes: one });
      const two = { ...one, 'slack:post_message': 'deny' };
      assert.deepEqual(await call('PUT', `${path}/slack:post_message`, { mode: 'deny' }), { modes: two });
      const changed = { ...two, 'linear:create_issue': 'require_approval' };
      const body = { mode: 'require_approval' };
      assert.deepEqual(await call('PUT', `${path}/linear%3Acreate_issue`, body), { modes: changed });
      const left = { 'slack:post_message': 'deny' };
      assert.deepEqual(await call('DELETE', `${path}/linear%3Acreate_issue`), { modes: left });
      // What is not set need not be unset.
      assert.deepEqual(await call('DELETE', `${path}/linear%3Acreate_issue`), { modes: left });
      const replaced = { modes: { 'sentry:update_issue': 'allow' } };
      assert.deepEqual(await call('PUT', path, replaced), replaced);
      assert.deepEqual(await call('DELETE', path), { modes: {} });
    });

    test(`of ${whose} have keys with colons, slashes and percent signs inside, of up to 400 characters`, async () => {
      const { gateway, owner } = here();
      const path = await pathOf(here());
      const keys = [
        `connector:${newId()}:tool`,
        `connector:${newId()}:${'long_tool_'.repeat(12)}`,
        `connector:${newId()}:${'ü'.repeat(300)}`,
        'receiver:ops:restart/now',
        'test:100%',
        '__proto__:x',
        'test:__proto__',
      ];
      for (const key of keys) {
        const body = { mode: 'deny' };
        const set = await gateway.call('PUT', `${path}/${encodeURIComponent(key)}`, { ...owner, body });
        assert.equal(set.status, 200, JSON.stringify(set.body));
        assert.equal(set.body.modes[key], 'deny');
      }
      const { body } = await gateway.call('GET', path, owner);
      assert.deepEqual(Object.keys(body.modes).toSorted(), keys.toSorted());
      for (const key of keys) await gateway.call('DELETE', `${path}/${encodeURIComponent(key)}`, owner);
      assert.deepEqual((await gateway.call('GET', path, owner)).body, { modes: {} });
    });
  }

  test('of one automation are not those of another, nor of the organization', async () => {
    const { gateway, owner } = here();
    const [a, b] = [await maps['an automation'](here()), await maps['an automation'](here())];
    await gateway.call('PUT', `${a}/test:look`, { ...owner, body: { mode: 'deny' } });
    for (const path of [b, '/v1/action-modes']) {
      assert.deepEqual((await gateway.call('GET', path, owner)).body, { modes: {} });
    }
  });

  test('of one organization are not those of another', async () => {
    const { gateway, owner, stranger } = here();
    await gateway.call('PUT', '/v1/action-modes/test:look', { ...owner, body: { mode: 'deny' } });
    const read = () => gateway.call('GET', '/v1/action-modes', { token: stranger.token });
    assert.deepEqual((await read()).body, { modes: {} });
    await gateway.call('DELETE', '/v1/action-modes', { token: stranger.token });
    const { body } = await gateway.call('GET', '/v1/action-modes', owner);
    assert.deepEqual(body, { modes: { 'test:look': 'deny' } });
    await gateway.call('DELETE', '/v1/action-modes', owner);
  });
});
