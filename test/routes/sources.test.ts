import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { newId } from '../../src/lib/ids.ts';
import { SourceError } from '../../src/sources/action-source.ts';
import { startMcpPeer } from '../peers/mcp.ts';
import { engines } from '../support/databases.ts';
import { assertRefused, startGateway } from '../support/gateway.ts';
import { reviewOther } from '../support/scripted-source.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';

interface Action {
  id: string;
  mode: string;
  modeSource: string;
  inherited: { mode: string; modeSource: string };
  drifted: boolean;
  reviewed: { by: string; at: string; description: string; params: object } | null;
  hash: string;
  shownHash: string;
}

const testSource = {
  id: 'test',
  kind: 'scripted',
  displayName: 'Test source',
  reviewable: true,
  setUpBy: null,
};

const inferred = { look: 'allow', change: 'require_approval', destroy: 'deny' };

onEachEngine('sources', (here) => {
  const actionsOf = async (automationId?: string, token = here().member.token) => {
    const path = `/v1/sources/test/actions${automationId === undefined ? '' : `?automationId=${automationId}`}`;
    const { status, body } = await here().gateway.call('GET', path, { token });
    assert.equal(status, 200, JSON.stringify(body));
    return new Map<string, Action>(body.actions.map((action: Action) => [action.id, action]));
  };
  /** `mode modeSource`, then what would hold without the map that is looked at. */
  const modesIn = (actions: Map<string, Action>, id: string) => {
    const action = actions.get(id);
    assert.ok(action);
    const { mode, modeSource, inherited } = action;
    return [`${mode} ${modeSource}`, `${inherited.mode} ${inherited.modeSource}`];
  };
  const automation = async (token = here().owner.token) => {
    const made = await here().gateway.call('POST', '/v1/automations', { token, body: { name: newId() } });
    return made.body.automation.id as string;
  };

  test("of another organization's automation tell nothing", async () => {
    const { gateway, stranger, member } = here();
    const theirs = await automation(stranger.token);
    assertRefused(
      await gateway.call('GET', `/v1/sources/test/actions?automationId=${theirs}`, member),
      404,
      'not_found',
      'There is no such automation.',
    );
  });

  test('that cannot be asked are listed, and say why they cannot', async () => {
    const { gateway, source, member } = here();
    source.broken = new SourceError('source_unavailable', 'It has gone fishing.');
    try {
      const { status, body } = await gateway.call('GET', '/v1/sources', member);
      assert.deepEqual([status, body], [200, { sources: [testSource] }]);
      const answer = await gateway.call('GET', '/v1/sources/test/actions', member);
      assertRefused(answer, 502, 'source_unavailable', 'It has gone fishing.');
    } finally {
      source.broken = undefined;
    }
  });

  test('are listed without asking any, their actions by asking the one', async () => {
    const { gateway, source, member } = here();
    const before = source.listings.length;
    await gateway.call('GET', '/v1/sources', member);
    assert.equal(source.listings.length, before);
    const [look] = (await actionsOf()).values();
    assert.equal(source.listings.length, before + 1);
    assert.ok(look);
    const { hash, shownHash, ...rest } = look;
    for (const one of [hash, shownHash]) assert.match(one, /^[0-9a-f]{64}$/);
    assert.notEqual(shownHash, hash);
    assert.deepEqual(rest, {
      id: 'look',
      description: 'Does look',
      riskLevel: 'read',
      riskSource: 'connector_default',
      mode: 'allow',
      modeSource: 'inferred_default',
      inherited: { mode: 'allow', modeSource: 'inferred_default' },
      reviewedHash: null,
      drifted: false,
      reviewed: null,
      params: { type: 'object', properties: { text: { type: 'string' } }, additionalProperties: false },
      unchecked: [],
    });
  });

  test('show the mode of each action, and what would hold without the organization’s own', async () => {
    const { gateway, owner } = here();
    const modes = { 'test:look': 'deny', 'test:change': 'allow' };
    await gateway.call('PUT', '/v1/action-modes', { ...owner, body: { modes } });
    const actions = await actionsOf();
    assert.deepEqual(modesIn(actions, 'look'), ['deny org_default', 'allow inferred_default']);
    assert.deepEqual(modesIn(actions, 'change'), ['allow org_default', 'require_approval inferred_default']);
    assert.deepEqual(modesIn(actions, 'destroy'), ['deny inferred_default', 'deny inferred_default']);
    const theirs = await actionsOf(undefined, here().stranger.token);
    for (const [id, mode] of Object.entries(inferred))
      assert.deepEqual(modesIn(theirs, id), [`${mode} inferred_default`, `${mode} inferred_default`]);
    await gateway.call('DELETE', '/v1/action-modes', owner);
  });

  test('show what an automation overrides, and what would hold without that', async () => {
    const { gateway, owner } = here();
    const [id, other] = [await automation(), await automation()];
    await gateway.call('PUT', '/v1/action-modes/test:look', { ...owner, body: { mode: 'require_approval' } });
    const overrides = { modes: { 'test:look': 'deny', 'test:destroy': 'require_approval' } };
    await gateway.call('PUT', `/v1/automations/${id}/action-modes`, { ...owner, body: overrides });
    const actions = await actionsOf(id);
    assert.deepEqual(modesIn(actions, 'look'), ['deny automation_override', 'require_approval org_default']);
    assert.deepEqual(modesIn(actions, 'destroy'), [
      'require_approval automation_override',
      'deny inferred_default',
    ]);
    const untouched = 'require_approval inferred_default';
    assert.deepEqual(modesIn(actions, 'change'), [untouched, untouched]);
    const organizationMode = 'require_approval org_default';
    assert.deepEqual(modesIn(await actionsOf(other), 'look'), [organizationMode, organizationMode]);
    assert.deepEqual(modesIn(await actionsOf(), 'look'), [organizationMode, 'allow inferred_default']);
    await gateway.call('DELETE', '/v1/action-modes', owner);
  });

  test('show that a stored value which is no mode denies', async () => {
    const { gateway, owner } = here();
    const id = await automation();
    // A newer gateway, or a hand in the database, may have left it there.
    await gateway.gateway.store.write((tx) =>
      tx
        .updateTable('organization')
        .set({ action_modes: '{"test:look":"sometimes"}' })
        .where('id', '=', gateway.owner.organizationId)
        .execute(),
    );
    assert.deepEqual(modesIn(await actionsOf(), 'look'), ['deny org_default', 'allow inferred_default']);
    assert.deepEqual(modesIn(await actionsOf(id), 'look'), ['deny org_default', 'deny org_default']);
    const body = { mode: 'allow' };
    await gateway.call('PUT', `/v1/automations/${id}/action-modes/test:look`, { ...owner, body });
    assert.deepEqual(modesIn(await actionsOf(id), 'look'), ['allow automation_override', 'deny org_default']);
    await gateway.call('DELETE', '/v1/action-modes', owner);
  });

  test('of any kind are reviewed: a risk of their own, a definition that is pinned, and drift afterwards', async () => {
    const { gateway, owner, member, source } = here();
    const original = source.actions;
    const path = '/v1/sources/test/actions/look';
    const { shownHash } = (await actionsOf()).get('look') ?? assert.fail();
    const review = async (body: object) => {
      const answer = await gateway.call('PUT', path, { ...owner, body });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      const { riskLevel, riskSource, mode, drifted } = answer.body.action;
      return [riskLevel, riskSource, mode, drifted];
    };
    try {
      assert.deepEqual(await review({ riskLevel: 'danger', shownHash }), [
        'danger',
        'override',
        'deny',
        false,
      ]);
      assert.deepEqual(await review({}), ['danger', 'override', 'deny', false]);
      assert.equal((await actionsOf()).get('look')?.reviewed?.description, 'Does look');
      const session = await gateway.session(member.token);
      assert.equal((await session.invoke('look')).status, 403);
      assert.deepEqual(await review({ riskLevel: null }), ['read', 'connector_default', 'allow', false]);
      assert.equal((await session.invoke('look')).status, 200);
      source.actions = source.actions.map((action) => ({
        ...action,
        params: { ...action.params, jsonSchema: { type: 'object', properties: { more: {} } } },
      }));
      const look = (await actionsOf()).get('look');
      assert.deepEqual([look?.drifted, look?.mode], [true, 'require_approval']);
      assert.equal((await session.invoke('look')).status, 202);
    } finally {
      source.actions = original;
      await gateway.gateway.store.write((tx) =>
        tx.deleteFrom('reviewed_actions').where('source_id', '=', 'test').execute(),
      );
    }
  });

  test('show an allowed action that has drifted as one to approve, on every level', async () => {
    const { gateway, owner } = here();
    const id = await automation();
    const forget = await reviewOther(gateway, 'look');
    try {
      const tightened = 'require_approval inferred_default';
      assert.equal((await actionsOf()).get('look')?.drifted, true);
      assert.deepEqual(modesIn(await actionsOf(), 'look'), [tightened, tightened]);
      const body = { mode: 'allow' };
      await gateway.call('PUT', '/v1/action-modes/test:look', { ...owner, body });
      assert.deepEqual(modesIn(await actionsOf(), 'look'), ['require_approval org_default', tightened]);
      await gateway.call('PUT', `/v1/automations/${id}/action-modes/test:look`, { ...owner, body });
      assert.deepEqual(modesIn(await actionsOf(id), 'look'), [
        'require_approval automation_override',
        'require_approval org_default',
      ]);
      const strict = { ...owner, body: { mode: 'deny' } };
      await gateway.call('PUT', '/v1/action-modes/test:look', strict);
      assert.deepEqual(modesIn(await actionsOf(), 'look'), ['deny org_default', tightened]);
    } finally {
      await forget();
      await gateway.call('DELETE', '/v1/action-modes', owner);
    }
  });
});

for (const engine of engines) {
  describe(`connectors as sources on ${engine.name}`, { skip: engine.skip }, () => {
    const lookUp = {
      name: 'look_up',
      description: 'Looks up',
      inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
    };

    async function stage(t: TestContext) {
      const peer = await startMcpPeer({ state: { tools: [lookUp, { ...lookUp, name: 'other' }] } });
      t.after(() => peer.close());
      const gateway = await startGateway(t, {}, {}, engine);
      const admin = await gateway.person('admin');
      const connect = async () => {
        const body = { name: 'peer', transport: { type: 'http', url: peer.url } };
        return (await gateway.call('POST', '/v1/connectors', { ...admin, body })).body.connector;
      };
      const action = async (sourceId: string, id = 'look_up', token = admin.token) => {
        const path = `/v1/sources/${encodeURIComponent(sourceId)}/actions`;
        const { status, body } = await gateway.call('GET', path, { token });
        assert.equal(status, 200, JSON.stringify(body));
        const found: Action | undefined = body.actions.find((one: Action) => one.id === id);
        assert.ok(found);
        return found;
      };
      const review = (connectorId: string, token = admin.token) =>
        gateway.call('PUT', `/v1/connectors/${connectorId}/tools/look_up`, { token, body: {} });
      return { peer, gateway, admin, connect, action, review };
    }

    test('show what was reviewed beside what a tool is now, to members too', async (t) => {
      const { peer, gateway, admin, connect, action, review } = await stage(t);
      const member = await gateway.person('member');
      const connector = await connect();
      assert.equal((await action(connector.sourceId)).reviewed, null);
      const { tool } = (await review(connector.id)).body;
      assert.deepEqual(fields(tool.reviewed), ['at', 'by', 'description', 'params']);
      assert.match(tool.reviewed.at, isoTime);
      const looked = { by: admin.userId, description: 'Looks up', params: lookUp.inputSchema };
      assert.deepEqual(tool.reviewed, { ...looked, at: tool.reviewed.at });

      const changed = { type: 'object', properties: { id: { type: 'string' }, all: { type: 'boolean' } } };
      peer.state.tools = [{ ...lookUp, description: 'Deletes', inputSchema: changed }];
      const now = await action(connector.sourceId, 'look_up', member.token);
      assert.equal(now.drifted, true);
      assert.deepEqual(now.reviewed, tool.reviewed);
      const { tools } = (await gateway.call('GET', `/v1/connectors/${connector.id}/tools`, admin)).body;
      assert.deepEqual(tools[0].reviewed, tool.reviewed);

      const other = await gateway.person('owner', gateway.owner.organizationId);
      await review(connector.id, other.token);
      const again = await action(connector.sourceId);
      assert.deepEqual(
        [again.drifted, again.reviewed?.by, again.reviewed?.description, again.reviewed?.params],
        [false, other.userId, 'Deletes', changed],
      );
    });

    test('have reviews of their own, each tool its own', async (t) => {
      const { connect, action, review, gateway } = await stage(t);
      const connector = await connect();
      await review(connector.id);
      assert.equal((await action(connector.sourceId, 'other')).reviewed, null);
      const stranger = await gateway.person('owner', await gateway.organization());
      for (const method of ['GET', 'PUT']) {
        const body = method === 'PUT' ? { body: {} } : {};
        const tools = `/v1/connectors/${connector.id}/tools${method === 'PUT' ? '/look_up' : ''}`;
        const answer = await gateway.call(method, tools, { token: stranger.token, ...body });
        assertRefused(answer, 404, 'not_found', 'There is no such connector.');
      }
      const path = `/v1/sources/${encodeURIComponent(connector.sourceId)}/actions`;
      const theirs = await gateway.call('GET', path, { token: stranger.token });
      assertRefused(theirs, 404, 'not_found', 'There is no such source.');
      const listed = await gateway.call('GET', '/v1/sources', { token: stranger.token });
      assert.deepEqual(listed.body, { sources: [] });
      const removed = await gateway.call('DELETE', `/v1/connectors/${connector.id}`, {
        token: stranger.token,
      });
      assertRefused(removed, 404, 'not_found', 'There is no such connector.');
      assert.equal((await action(connector.sourceId)).reviewed?.description, 'Looks up');
    });

    test('take what was reviewed along when they are removed, and leave none of it to others', async (t) => {
      const { gateway, admin, connect, action, review } = await stage(t);
      const first = await connect();
      await review(first.id);
      assert.equal((await gateway.call('DELETE', `/v1/connectors/${first.id}`, admin)).status, 204);
      const left = await gateway.gateway.store.db.selectFrom('reviewed_actions').selectAll().execute();
      assert.deepEqual(left, []);
      const path = `/v1/sources/${encodeURIComponent(first.sourceId)}/actions`;
      assertRefused(await gateway.call('GET', path, admin), 404, 'not_found', 'There is no such source.');
      const second = await connect();
      assert.notEqual(second.sourceId, first.sourceId);
      const { reviewed, drifted } = await action(second.sourceId);
      assert.deepEqual([reviewed, drifted], [null, false]);
    });

    test('leave nothing behind where review and removal come at the same moment', async (t) => {
      const { gateway, admin, connect, review } = await stage(t);
      const connector = await connect();
      const reviews = Array.from({ length: 4 }, () => review(connector.id));
      const removed = gateway.call('DELETE', `/v1/connectors/${connector.id}`, admin);
      for (const { status } of await Promise.all(reviews)) assert.ok([200, 404, 409].includes(status));
      assert.equal((await removed).status, 204);
      const left = await gateway.gateway.store.db.selectFrom('reviewed_actions').selectAll().execute();
      assert.deepEqual(left, []);
    });

    test('that are switched off are not shown', async (t) => {
      const { gateway, admin, connect, review } = await stage(t);
      const connector = await connect();
      await review(connector.id);
      const body = { enabled: false };
      await gateway.call('PATCH', `/v1/connectors/${connector.id}`, { ...admin, body });
      assert.deepEqual((await gateway.call('GET', '/v1/sources', admin)).body, { sources: [] });
      const path = `/v1/sources/${encodeURIComponent(connector.sourceId)}/actions`;
      assertRefused(await gateway.call('GET', path, admin), 404, 'not_found', 'There is no such source.');
    });

    test('are asked for one listing at a time, whoever wants it', async (t) => {
      const { peer, gateway, connect } = await stage(t);
      const member = await gateway.person('member');
      const { id, sourceId } = await connect();
      const state = { under: 0, most: 0 };
      peer.state.onList = async () => {
        state.under += 1;
        state.most = Math.max(state.most, state.under);
        await new Promise(setImmediate);
        state.under -= 1;
      };
      const path = `/v1/sources/${encodeURIComponent(sourceId)}/actions`;
      const sessions = await Promise.all(Array.from({ length: 5 }, () => gateway.session(member.token)));
      const asks = [
        ...Array.from({ length: 4 }, () => gateway.call('GET', path, member)),
        ...sessions.map((one) => gateway.call('GET', `/v1/sessions/${one.id}/actions/available`, member)),
        gateway.call('GET', `/v1/connectors/${id}/tools`, { token: gateway.ownerToken }),
      ];
      for (const { status, body } of await Promise.all(asks))
        assert.deepEqual([status, JSON.stringify(body).includes('look_up')], [200, true]);
      assert.equal(state.most, 1);
      assert.ok(peer.state.lists < asks.length, `${peer.state.lists} lists`);
    });
  });
}
