// A person assents to what was asked for, under what holds at that moment: everything is asked again before it runs.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { JsonObject } from '../src/lib/json.ts';
import type { ActionDefinition } from '../src/sources/action-source.ts';
import { startMcpPeer } from './peers/mcp.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scriptedSource } from './support/scripted-source.ts';

for (const engine of engines) {
  describe(`an approval asks again, on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: TestContext) {
      const source = scriptedSource();
      const gateway = await startGateway(t, { sourceKinds: [source.kind] }, {}, engine);
      const session = await gateway.session();
      const owner = { token: gateway.ownerToken };
      const pathOf = (id: string) => `/v1/sessions/${session.id}/actions/invocations/${id}`;
      const ask = async (params = {}) =>
        (await session.invoke('change', params)).body.invocation.id as string;
      const approve = (id: string, token = owner.token) =>
        gateway.call('POST', `${pathOf(id)}/approve`, { token });
      const read = async (id: string) => (await gateway.call('GET', pathOf(id), owner)).body.invocation;
      /** Does it while the approval waits for the source's list. */
      const meanwhile = (work: () => Promise<unknown>) => {
        source.beforeListing = async () => {
          source.beforeListing = undefined;
          await work();
        };
      };
      return { source, gateway, session, owner, ask, approve, read, meanwhile };
    }

    const change = (source: ReturnType<typeof scriptedSource>, to: Partial<ActionDefinition>) => {
      source.actions = source.actions.map((action) =>
        action.id === 'change' ? { ...action, ...to } : action,
      );
    };
    const withSchema = (source: ReturnType<typeof scriptedSource>, jsonSchema: JsonObject) => {
      const action = source.actions.find(({ id }) => id === 'change') ?? assert.fail();
      change(source, { params: { ...action.params, jsonSchema } });
    };

    test('what policy denies by now ends as denied, and did not run', async (t) => {
      const { source, gateway, owner, ask, approve, read, meanwhile } = await set(t);
      const deny = () =>
        gateway.call('PUT', '/v1/action-modes/test%3Achange', { ...owner, body: { mode: 'deny' } });
      const off = () =>
        gateway.call('PUT', '/v1/preferences/actions', { ...owner, body: { disabled: ['test:change'] } });
      const [first, second, third] = [await ask(), await ask(), await ask()];
      meanwhile(off);
      assert.equal((await approve(first)).body.error.code, 'denied');
      assert.match((await read(first)).deniedReason, /^policy: "test:change" is switched off/);
      await gateway.call('PUT', '/v1/preferences/actions', { ...owner, body: { disabled: [] } });
      meanwhile(deny);
      assertRefused(await approve(second), 403, 'denied', /policy: denied by policy \(org_default\)/);
      // Also where it was set before anybody looked.
      assertRefused(await approve(third), 403, 'denied', /policy: denied by policy \(org_default\)/);
      const { status, deniedReason, decidedBy } = await read(second);
      assert.deepEqual(
        [status, deniedReason, decidedBy],
        ['denied', 'policy: denied by policy (org_default)', null],
      );
      assert.deepEqual(source.calls, []);
    });

    test('who is no admin any more decides nothing, and it waits on', async (t) => {
      const { source, gateway, owner, ask, approve, read, meanwhile } = await set(t);
      const admin = await gateway.person('admin');
      const id = await ask();
      const { members } = (await gateway.call('GET', '/v1/members', owner)).body;
      const { id: memberId } = members.find((one: { userId: string }) => one.userId === admin.userId);
      const path = `/v1/members/${memberId}`;
      meanwhile(() => gateway.call('PATCH', path, { ...owner, body: { role: 'member' } }));
      assertRefused(await approve(id, admin.token), 403, 'forbidden', /yours is member/);
      await gateway.call('PATCH', path, { ...owner, body: { role: 'admin' } });
      meanwhile(() => gateway.call('DELETE', path, owner));
      assertRefused(await approve(id, admin.token), 401, 'unauthenticated', /^You are not a member/);
      assert.equal((await read(id)).status, 'pending');
      assert.deepEqual(source.calls, []);
      assert.equal((await approve(id)).status, 200);
    });

    test('whatever a person went by has changed: refused, with what differs', async (t) => {
      const { source, ask, approve, read } = await set(t);
      const { actions } = source;
      const object = { type: 'object', properties: { text: { type: 'string' } } };
      const changes: Record<string, [() => void, string[]]> = {
        description: [() => change(source, { description: 'Deletes everything' }), ['description']],
        risk: [() => change(source, { risk: { destructiveHint: true } }), ['risk']],
        'a text inside of the schema': [
          () => withSchema(source, { ...object, properties: { text: { type: 'string', description: 'x' } } }),
          ['definition'],
        ],
        'a default inside of the schema': [
          () => withSchema(source, { ...object, properties: { text: { type: 'string', default: 'x' } } }),
          ['definition'],
        ],
        configuration: [
          () => {
            source.configuration = 'second';
          },
          ['source'],
        ],
        'two of them': [
          () => change(source, { description: 'Other', risk: { destructiveHint: true } }),
          ['description', 'risk'],
        ],
        'all that there is': [
          () => {
            source.actions = [];
          },
          ['action'],
        ],
      };
      for (const [what, [work, differs]] of Object.entries(changes)) {
        const id = await ask();
        work();
        const refused = await approve(id);
        assertRefused(refused, 409, 'changed', /^The action is no longer what the agent asked for: /);
        assert.deepEqual(refused.body.error.differs, differs, what);
        assert.equal((await read(id)).status, 'pending', what);
        Object.assign(source, { actions, configuration: 'first' });
        assert.equal((await approve(id)).status, 200, what);
      }
    });

    test('the order of a set is nothing', async (t) => {
      const { source, ask, approve } = await set(t);
      const schema = (required: string[], type: string[]): JsonObject => ({
        type: 'object',
        properties: { a: { type }, b: { enum: type } },
        required,
        dependentRequired: { a: required },
      });
      withSchema(source, schema(['a', 'b'], ['string', 'null']));
      const id = await ask();
      withSchema(source, schema(['b', 'a'], ['null', 'string']));
      assert.equal((await approve(id)).status, 200);
    });

    test('what was reviewed and allowed asks once its source calls it destructive', async (t) => {
      const { source, gateway, session, owner } = await set(t);
      source.actions = source.actions.map((action) => ({ ...action }));
      const put = (path: string, body: object) => gateway.call('PUT', path, { ...owner, body });
      for (const riskLevel of [null, 'read']) {
        change(source, { risk: {} });
        const reviewed = await put('/v1/sources/test/actions/change', { riskLevel });
        assert.equal(reviewed.status, 200, JSON.stringify(reviewed.body));
        await put('/v1/action-modes/test%3Achange', { mode: 'allow' });
        assert.equal((await session.invoke('change')).status, 200);
        change(source, { risk: { destructiveHint: true } });
        assert.equal((await session.invoke('change')).status, 202, `override ${riskLevel}`);
      }
    });

    test('a default that a reference reaches is drift', async (t) => {
      const { source, gateway, session, owner } = await set(t);
      const schema = ($ref: string, type: string): JsonObject => ({ $ref, default: { type } });
      for (const $ref of ['#/%64efault', '#/default']) {
        withSchema(source, schema($ref, 'object'));
        await gateway.call('PUT', '/v1/sources/test/actions/change', { ...owner, body: {} });
        await gateway.call('PUT', '/v1/action-modes/test%3Achange', { ...owner, body: { mode: 'allow' } });
        assert.equal((await session.invoke('change')).status, 200);
        withSchema(source, schema($ref, 'string'));
        assert.equal((await session.invoke('change')).status, 202, $ref);
      }
    });
  });
}

test('a connector that was switched off while its tools were listed does nothing', async (t) => {
  let meanwhile: (() => Promise<unknown>) | undefined;
  const peer = await startMcpPeer({
    state: {
      tools: [{ name: 'change', inputSchema: { type: 'object' } }],
      onList: async () => {
        const work = meanwhile;
        meanwhile = undefined;
        await work?.();
      },
    },
  });
  t.after(() => peer.close());
  const gateway = await startGateway(t);
  const owner = { token: gateway.ownerToken };
  const made = await gateway.call('POST', '/v1/connectors', {
    ...owner,
    body: { name: 'peer', transport: { type: 'http', url: peer.url } },
  });
  const { id, sourceId } = made.body.connector;
  const session = await gateway.session();
  const asked = await gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
    token: session.token,
    body: { sourceId, actionId: 'change', params: {} },
  });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  const path = `/v1/sessions/${session.id}/actions/invocations/${asked.body.invocation.id}/approve`;
  meanwhile = () => gateway.call('PATCH', `/v1/connectors/${id}`, { ...owner, body: { enabled: false } });
  const refused = await gateway.call('POST', path, owner);
  assertRefused(refused, 409, 'changed', /its source/);
  assert.equal(peer.state.calls, 0);
});
