import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields, invocationFields, isoTime, onEachEngine } from './on-each-engine.ts';

onEachEngine('an agent', (here) => {
  test('sees the catalog, and so does everybody of its organization', async () => {
    const { gateway, owner, admin, member } = here();
    const session = await gateway.session();
    for (const token of [session.token, owner.token, admin.token, member.token]) {
      const { status, body } = await gateway.call('GET', `/v1/sessions/${session.id}/actions/available`, {
        token,
      });
      assert.equal(status, 200);
      assert.deepEqual(fields(body), ['sources']);
      const [source, ...others] = body.sources;
      assert.deepEqual(others, []);
      const { actions, ...rest } = source;
      assert.deepEqual(rest, { id: 'test', kind: 'scripted', displayName: 'Test source' });
      assert.deepEqual(actions[0], {
        id: 'look',
        description: 'Does look',
        riskLevel: 'read',
        mode: 'allow',
        modeSource: 'inferred_default',
        params: { type: 'object', properties: { text: { type: 'string' } }, additionalProperties: false },
      });
      assert.deepEqual(
        actions.map(({ id, mode }: { id: string; mode: string }) => `${id} ${mode}`),
        ['look allow', 'change require_approval', 'destroy deny'],
      );
    }
  });

  test('reads a guide, made from the actions where the source has none', async () => {
    const { gateway, member } = here();
    const session = await gateway.session();
    for (const token of [session.token, member.token]) {
      const path = `/v1/sessions/${session.id}/actions/guide/test`;
      const { status, body } = await gateway.call('GET', path, { token });
      assert.equal(status, 200);
      assert.deepEqual(fields(body), ['guide', 'sourceId']);
      assert.equal(body.sourceId, 'test');
      assert.match(body.guide, /^# Test source\n\n- `look` \(read, allow\): Does look\n/);
    }
  });

  test('has no guide to a source that its user has switched off', async () => {
    const { gateway, member } = here();
    const session = await gateway.session(member.token);
    await gateway.call('PUT', '/v1/preferences/actions', {
      token: member.token,
      body: { disabled: ['test'] },
    });
    const path = `/v1/sessions/${session.id}/actions/guide/test`;
    const { status, body } = await gateway.call('GET', path, { token: session.token });
    assert.equal(status, 404);
    assert.equal(body.error.message, "There is no such source in this session's catalog.");
    await gateway.call('PUT', '/v1/preferences/actions', { token: member.token, body: { disabled: [] } });
  });

  test('gets what ran, what waits and what is denied, each with its whole record', async () => {
    const { gateway } = here();
    const session = await gateway.session();
    const ran = await session.invoke('look', { text: 'a' });
    assert.equal(ran.status, 200);
    assert.deepEqual(fields(ran.body), ['invocation', 'result']);
    const waits = await session.invoke('change', { text: 'b' });
    assert.equal(waits.status, 202);
    assert.deepEqual(fields(waits.body), ['invocation', 'message']);
    const denied = await session.invoke('destroy');
    assert.equal(denied.status, 403);
    assert.deepEqual(fields(denied.body), ['error', 'invocation']);
    for (const { body } of [ran, waits, denied]) {
      const { invocation } = body;
      assert.deepEqual(fields(invocation), invocationFields);
      assert.match(invocation.createdAt, isoTime);
      assert.deepEqual(
        [invocation.sessionId, invocation.organizationId],
        [session.id, gateway.owner.organizationId],
      );
    }
    const { expiresAt, createdAt, completedAt, durationMs } = waits.body.invocation;
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 5 * 60_000);
    assert.deepEqual([completedAt, durationMs], [null, null]);
    const path = `/v1/sessions/${session.id}/actions/invocations`;
    const { body } = await gateway.call('GET', path, { token: session.token });
    assert.deepEqual(
      body.invocations,
      [denied, waits, ran].map((answer) => answer.body.invocation),
    );
    assert.equal(body.nextCursor, null);
  });

  test('reads its own invocations only, whichever session it names', async () => {
    const { gateway } = here();
    const [mine, other] = [await gateway.session(), await gateway.session()];
    const { id } = (await other.invoke('look')).body.invocation;
    const get = (path: string) => gateway.call('GET', path, { token: mine.token });
    const throughMine = await get(`/v1/sessions/${mine.id}/actions/invocations/${id}`);
    assert.equal(throughMine.status, 404);
    assert.equal(throughMine.body.error.message, 'There is no such invocation in this session.');
    const list = await get(`/v1/sessions/${mine.id}/actions/invocations`);
    assert.deepEqual(list.body, { invocations: [], nextCursor: null, searchedTo: null });
  });
});
