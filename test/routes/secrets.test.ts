import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';

onEachEngine('secrets', (here) => {
  test('are set, replaced, listed by key and deleted; no answer holds a value', async () => {
    const { gateway, admin, time } = here();
    const values = ['first-value-1234', 'second-value-5678'];
    const seen: unknown[] = [];
    const call = async (method: string, path: string, body?: object) => {
      const answer = await gateway.call(method, path, { ...admin, ...(body && { body }) });
      seen.push(answer.body);
      return answer;
    };
    const set = await call('PUT', '/v1/secrets/B_TOKEN', { value: values[0] });
    assert.equal(set.status, 200);
    assert.deepEqual(fields(set.body), ['secret']);
    assert.deepEqual(fields(set.body.secret), ['createdAt', 'key', 'updatedAt']);
    const { key, createdAt, updatedAt } = set.body.secret;
    assert.match(createdAt, isoTime);
    assert.deepEqual([key, updatedAt], ['B_TOKEN', createdAt]);
    time.now += 1000;
    const replaced = await call('PUT', '/v1/secrets/B_TOKEN', { value: values[1] });
    const later = new Date(time.now).toISOString();
    assert.deepEqual(replaced.body, { secret: { key: 'B_TOKEN', createdAt, updatedAt: later } });
    await call('PUT', '/v1/secrets/a.token-1', { value: values[0] });
    const list = await call('GET', '/v1/secrets');
    assert.deepEqual(list.body.secrets.map((one: { key: string }) => one.key).toSorted(), [
      'B_TOKEN',
      'a.token-1',
    ]);
    for (const name of ['B_TOKEN', 'a.token-1']) {
      const deleted = await call('DELETE', `/v1/secrets/${name}`);
      assert.deepEqual([deleted.status, deleted.body], [204, '']);
      assertRefused(
        await call('DELETE', `/v1/secrets/${name}`),
        404,
        'not_found',
        'There is no such secret.',
      );
    }
    assert.deepEqual((await call('GET', '/v1/secrets')).body, { secrets: [] });
    for (const value of values) assert.ok(!JSON.stringify(seen).includes(value));
  });

  test('have values of 8 to 16384 characters, which a refusal does not repeat', async () => {
    const { gateway, admin } = here();
    const put = (value: string) => gateway.call('PUT', '/v1/secrets/SIZED', { ...admin, body: { value } });
    assert.equal((await put('12345678')).status, 200);
    assert.equal((await put('x'.repeat(16_384))).status, 200);
    for (const value of ['hunter2', 'hunter2'.repeat(2500)]) {
      const answer = await put(value);
      assert.equal(answer.status, 400);
      assert.ok(!JSON.stringify(answer.body).includes('hunter2'));
    }
  });

  test('of the same key in two organizations are two', async () => {
    const { gateway, owner, stranger, source } = here();
    const put = (token: string, value: string) =>
      gateway.call('PUT', '/v1/secrets/SHARED', { token, body: { value } });
    await put(owner.token, 'the-owners-value');
    await put(stranger.token, 'the-strangers-value');
    const session = await gateway.session();
    // Its length tells the two apart, where the value itself would be redacted.
    source.answer = async (_params, context) => (await context.credential('SHARED')).reveal().length;
    assert.equal((await session.invoke('look')).body.result, 'the-owners-value'.length);
    assert.equal((await gateway.call('DELETE', '/v1/secrets/SHARED', { token: stranger.token })).status, 204);
    assert.equal((await session.invoke('look')).body.result, 'the-owners-value'.length);
  });
});
