import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEachEngine } from './on-each-engine.ts';

const path = '/v1/preferences/actions';

onEachEngine('preferences', (here) => {
  test("come back as they were written, sorted and once each, and are nobody else's", async () => {
    const { gateway, member, admin } = here();
    const read = async ({ token }: { token: string }) => {
      const { status, body } = await gateway.call('GET', path, { token });
      assert.equal(status, 200);
      return body;
    };
    assert.deepEqual(await read(member), { disabled: [] });
    const body = { disabled: ['slack', 'linear:create_issue', 'slack'] };
    const written = await gateway.call('PUT', path, { ...member, body });
    assert.equal(written.status, 200);
    assert.deepEqual(written.body, { disabled: ['linear:create_issue', 'slack'] });
    assert.deepEqual(await read(member), written.body);
    assert.deepEqual(await read(admin), { disabled: [] });
    await gateway.call('PUT', path, { ...admin, body: { disabled: ['sentry'] } });
    assert.deepEqual(await read(member), written.body);
    const emptied = await gateway.call('PUT', path, { ...member, body: { disabled: [] } });
    assert.deepEqual(emptied.body, { disabled: [] });
    assert.deepEqual(await read(admin), { disabled: ['sentry'] });
  });

  test('hold up to 1000 entries', async () => {
    const { gateway, owner } = here();
    const disabled = Array.from({ length: 1000 }, (_, index) => `source-${String(index).padStart(4, '0')}`);
    const { status, body } = await gateway.call('PUT', path, { ...owner, body: { disabled } });
    assert.deepEqual([status, body], [200, { disabled }]);
  });

  test('apply to the sessions that their user opens, and to no others', async () => {
    const { gateway, member, admin } = here();
    await gateway.call('PUT', path, { ...member, body: { disabled: ['test:look'] } });
    const statuses = [];
    for (const { token } of [member, admin])
      statuses.push((await (await gateway.session(token)).invoke('look')).status);
    assert.deepEqual(statuses, [403, 200]);
  });
});
