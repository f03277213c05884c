import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { startMcpPeer } from './peers/mcp.ts';
import { engines } from './support/databases.ts';
import { assertRefused, startGateway, type TestGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';

const filesystemServer = join(
  import.meta.dirname,
  '../node_modules/@modelcontextprotocol/server-filesystem/dist/index.js',
);

interface Tool {
  id: string;
  riskLevel: string;
  riskSource: string;
  mode: string;
  hash: string;
  shownHash: string;
  reviewedHash: string | null;
  drifted: boolean;
}

for (const engine of engines) {
  describe(`MCP connectors on ${engine.name}`, { skip: engine.skip }, () => {
    async function set(t: TestContext, transport: object, more: object = {}) {
      const gateway = await startGateway(t, {}, {}, engine);
      const owner = { token: gateway.ownerToken };
      const created = await gateway.call('POST', '/v1/connectors', {
        ...owner,
        body: { name: 'peer', transport, ...more },
      });
      assert.equal(created.status, 201, JSON.stringify(created.body));
      const { connector } = created.body;
      const session = await gateway.session();
      const invoke = (actionId: string, params: object = {}) =>
        gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
          token: session.token,
          body: { sourceId: connector.sourceId, actionId, params },
        });
      const tools = async () =>
        indexed(await gateway.call('GET', `/v1/connectors/${connector.id}/tools`, owner));
      const review = (tool: string, body: object = {}) =>
        gateway.call('PUT', `/v1/connectors/${connector.id}/tools/${tool}`, { ...owner, body });
      return { gateway, owner, connector, session, invoke, tools, review };
    }

    test('a real server over stdio: listed, judged by its hints, called, and asked about', async (t) => {
      const folder = scratchFolder(t);
      writeFileSync(join(folder, 'hello.txt'), 'hello there');
      const transport = { type: 'stdio', command: process.execPath, args: [filesystemServer, folder] };
      const { gateway, owner, session, invoke, tools, review } = await set(t, transport);

      const listed = await tools();
      assert.deepEqual(pick(listed.get('read_text_file')), ['read', 'read_only_hint', 'allow']);
      assert.deepEqual(pick(listed.get('write_file')), ['danger', 'destructive_hint', 'deny']);

      const read = await invoke('read_text_file', { path: join(folder, 'hello.txt') });
      assert.equal(read.status, 200, JSON.stringify(read.body));
      assert.match(JSON.stringify(read.body.result), /hello there/);

      const target = join(folder, 'new.txt');
      const write = { path: target, content: 'written once' };
      assertRefused(await invoke('write_file', write), 403, 'denied', 'Denied by policy (inferred_default).');
      const reviewed = await review('write_file', { riskLevel: 'write' });
      assert.deepEqual(pick(reviewed.body.tool), ['write', 'override', 'require_approval']);

      const asked = await invoke('write_file', write);
      assert.equal(asked.status, 202);
      assert.equal(existsSync(target), false);
      const path = `/v1/sessions/${session.id}/actions/invocations/${asked.body.invocation.id}/approve`;
      assert.equal((await gateway.call('POST', path, owner)).status, 200);
      assert.equal(readFileSync(target, 'utf8'), 'written once');

      const outside = await invoke('read_text_file', { path: '/etc/hostname' });
      assert.deepEqual([outside.status, outside.body.invocation.status], [200, 'failed']);
      assert.match(outside.body.invocation.error, /^Access denied/);
      assert.match(outside.body.result.content[0].text, /^Access denied/);
      const unfit = await invoke('read_text_file', { path: 7 });
      assertRefused(
        unfit,
        400,
        'invalid_params',
        /^The params do not fit "read_text_file" at \/path: must be string/,
      );
      assertRefused(await invoke('read_txt_file'), 400, 'unknown_action', /Did you mean .*"read_text_file"/);
    });

    for (const revision of ['2025', '2026'] as const) {
      test(`a server of the ${revision} revision over HTTP`, async (t) => {
        const peer = await startMcpPeer({ revision });
        t.after(() => peer.close());
        const { invoke, tools, gateway, owner, session } = await set(t, { type: 'http', url: peer.url });
        assert.deepEqual(pick((await tools()).get('read_note')), ['read', 'read_only_hint', 'allow']);
        const available = await gateway.call('GET', `/v1/sessions/${session.id}/actions/available`, owner);
        assert.equal(available.body.sources[0].kind, 'connector');
        peer.state.onCall = (name, params) => ({
          content: [{ type: 'text', text: `${name} ${String(params.id)}` }],
        });
        const answer = await invoke('read_note', { id: 'seven' });
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        assert.match(JSON.stringify(answer.body.result), /read_note seven/);
        assertRefused(await invoke('wipe'), 403, 'denied', 'Denied by policy (inferred_default).');
        assertRefused(await invoke('read_note'), 400, 'invalid_params', /id/);
        assert.equal(peer.state.calls, 1);
      });
    }

    test('a review is refused where anything that was looked at has changed, also what is no drift', async (t) => {
      const peer = await startMcpPeer({ revision: '2026' });
      t.after(() => peer.close());
      const { tools, review } = await set(t, { type: 'http', url: peer.url });
      const lookUp = (id: object, more: object = {}) => ({
        name: 'look_up',
        description: 'Looks up',
        inputSchema: { type: 'object', properties: { id } },
        ...more,
      });
      const looked = lookUp({ type: 'string', enum: ['a', 'b'] });
      peer.state.tools = [looked];
      const before = (await tools()).get('look_up');
      assert.ok(before);
      const { hash, shownHash } = before;
      const others = [
        lookUp({ type: 'string', enum: ['a', 'b'] }, { description: 'Looks up, and sends it on' }),
        lookUp({ type: 'string', enum: ['a', 'b', 'c'] }),
        lookUp({ type: 'string', enum: ['a', 'b'], default: 'b' }),
        lookUp({ type: 'string', enum: ['a', 'b'], description: 'Its id' }),
        lookUp({ type: 'string', enum: ['a', 'b'] }, { annotations: { readOnlyHint: true } }),
      ];
      for (const other of others) {
        peer.state.tools = [other];
        const now = (await tools()).get('look_up');
        assert.equal(now?.hash, hash);
        assert.notEqual(now?.shownHash, shownHash);
        assertRefused(
          await review('look_up', { hash, shownHash }),
          409,
          'conflict',
          '"look_up" has changed since you looked at it. Look again before you review it.',
        );
        assert.equal((await tools()).get('look_up')?.reviewedHash, null);
      }
      const reordered = { properties: { id: { enum: ['a', 'b'], type: 'string' } }, type: 'object' };
      peer.state.tools = [{ ...looked, inputSchema: reordered }];
      const reviewed = await review('look_up', { shownHash });
      assert.equal(reviewed.status, 200, JSON.stringify(reviewed.body));
      assert.deepEqual([reviewed.body.tool.reviewedHash, reviewed.body.tool.shownHash], [hash, shownHash]);
    });

    test('a review pins the definition, and another one is drift until the next review', async (t) => {
      const peer = await startMcpPeer({ revision: '2026' });
      t.after(() => peer.close());
      const { tools, review, gateway, owner, connector } = await set(
        t,
        { type: 'http', url: peer.url },
        { defaultRisk: 'read' },
      );
      const lookUp = {
        name: 'look_up',
        description: 'Looks up',
        inputSchema: { type: 'object', properties: { id: { type: 'string' } } },
      };
      peer.state.tools = [lookUp];
      const before = (await tools()).get('look_up');
      assert.deepEqual([before?.mode, before?.reviewedHash, before?.drifted], ['allow', null, false]);

      assertRefused(
        await review('look_up', { hash: 'f'.repeat(64) }),
        409,
        'conflict',
        '"look_up" has changed since you looked at it. Look again before you review it.',
      );
      const reviewed = (await review('look_up', { hash: before?.hash })).body.tool;
      assert.deepEqual(
        [reviewed.mode, reviewed.reviewedHash, reviewed.drifted],
        ['allow', before?.hash, false],
      );

      peer.state.tools = [{ ...lookUp, description: 'Other words' }];
      assert.equal((await tools()).get('look_up')?.drifted, false);

      peer.state.tools = [
        {
          ...lookUp,
          inputSchema: { type: 'object', properties: { id: { type: 'string' }, all: { type: 'boolean' } } },
        },
      ];
      const drifted = (await tools()).get('look_up');
      assert.deepEqual(
        [drifted?.drifted, drifted?.mode, drifted?.reviewedHash],
        [true, 'require_approval', before?.hash],
      );

      assert.equal((await review('look_up')).body.tool.mode, 'allow');
      const overridden = (await review('look_up', { riskLevel: 'danger' })).body.tool;
      assert.deepEqual(pick(overridden), ['danger', 'override', 'deny']);
      assert.deepEqual(pick((await review('look_up', { riskLevel: null })).body.tool), [
        'read',
        'connector_default',
        'allow',
      ]);
      assertRefused(
        await review('look_upp'),
        404,
        'not_found',
        'There is no tool "look_upp" on this connector. Did you mean "look_up"?',
      );
      const other = await gateway.person('admin', await gateway.organization());
      assertRefused(
        await gateway.call('PUT', `/v1/connectors/${connector.id}/tools/look_up`, {
          token: other.token,
          body: {},
        }),
        404,
        'not_found',
        'There is no such connector.',
      );
      assert.equal((await gateway.call('GET', `/v1/connectors/${connector.id}`, owner)).status, 200);
    });

    test('a reviewed tool does not become less dangerous by its own word', async (t) => {
      const peer = await startMcpPeer({ revision: '2026' });
      t.after(() => peer.close());
      const { tools, review } = await set(t, { type: 'http', url: peer.url });
      const tool = { name: 'change', description: 'Changes', inputSchema: { type: 'object' } };
      peer.state.tools = [tool];
      assert.deepEqual(pick((await review('change')).body.tool), ['write', 'fallback', 'require_approval']);
      peer.state.tools = [{ ...tool, annotations: { readOnlyHint: true } }];
      assert.deepEqual(pick((await tools()).get('change')), ['write', 'review', 'require_approval']);
      peer.state.tools = [{ ...tool, annotations: { destructiveHint: true } }];
      assert.deepEqual(pick((await tools()).get('change')), ['danger', 'destructive_hint', 'deny']);
      peer.state.tools = [{ ...tool, annotations: { readOnlyHint: true } }];
      assert.deepEqual(pick((await review('change')).body.tool), ['read', 'read_only_hint', 'allow']);
    });

    test('reviews at the same moment keep an override that one of them sets', async (t) => {
      const peer = await startMcpPeer({ revision: '2026' });
      t.after(() => peer.close());
      const { tools, review } = await set(t, { type: 'http', url: peer.url });
      await Promise.all([
        review('read_note', { riskLevel: 'danger' }),
        ...Array.from({ length: 8 }, () => review('read_note')),
      ]);
      assert.deepEqual(pick((await tools()).get('read_note')), ['danger', 'override', 'deny']);
    });

    test('a server that is down is left out of the catalog, and named in the status', async (t) => {
      const { gateway, owner, session, invoke, connector } = await set(t, {
        type: 'http',
        url: 'http://127.0.0.1:9/',
      });
      const available = await gateway.call('GET', `/v1/sessions/${session.id}/actions/available`, owner);
      assert.deepEqual(available.body, { sources: [] });
      const { connectors } = (await gateway.call('GET', '/v1/status', owner)).body;
      assert.deepEqual([connectors[0].name, connectors[0].ok], ['peer', false]);
      assertRefused(await invoke('anything'), 502, 'source_unavailable', /^peer cannot be reached: /);
      assertRefused(
        await gateway.call('GET', `/v1/connectors/${connector.id}/tools`, owner),
        502,
        'source_unavailable',
        /./,
      );
      const off = await gateway.call('PATCH', `/v1/connectors/${connector.id}`, {
        ...owner,
        body: { enabled: false },
      });
      assert.equal(off.body.connector.enabled, false);
      assertRefused(await invoke('anything'), 400, 'unknown_action', /^There is no source /);
    });
  });
}

test('the private addresses of this network are refused unless configuration allows them', async (t) => {
  const peer = await startMcpPeer({ revision: '2026' });
  t.after(() => peer.close());
  const gateway = await startGateway(t, {}, { allowPrivateAddresses: false, allowStdioConnectors: false });
  const owner = { token: gateway.ownerToken };
  const add = (transport: object) =>
    gateway.call('POST', '/v1/connectors', { ...owner, body: { name: 'peer', transport } });
  assertRefused(
    await add({ type: 'stdio', command: 'true' }),
    400,
    'invalid_request',
    'This gateway does not start local commands for connectors. Whoever runs it can allow them: `assent up --allow-stdio-connectors`.',
  );
  const { connector } = (await add({ type: 'http', url: peer.url })).body;
  const tools = await gateway.call('GET', `/v1/connectors/${connector.id}/tools`, owner);
  assertRefused(tools, 502, 'source_unavailable', /127\.0\.0\.1.*--allow-private-addresses/);
  assert.deepEqual(peer.state.requests, []);
});

test('the secret of a connector reaches its server, and nobody else', async (t) => {
  const peer = await startMcpPeer({ revision: '2026' });
  t.after(() => peer.close());
  const gateway: TestGateway = await startGateway(t);
  const owner = { token: gateway.ownerToken };
  const secret = 'a-secret-of-the-server';
  await gateway.call('PUT', '/v1/secrets/PEER_TOKEN', { ...owner, body: { value: secret } });
  const body = {
    name: 'peer',
    transport: { type: 'http', url: peer.url },
    auth: { type: 'bearer', secretKey: 'PEER_TOKEN' },
  };
  const created = await gateway.call('POST', '/v1/connectors', { ...owner, body });
  const tools = await gateway.call('GET', `/v1/connectors/${created.body.connector.id}/tools`, owner);
  assert.equal(tools.status, 200);
  assert.equal(peer.state.headers.authorization, `Bearer ${secret}`);
  assert.ok(!JSON.stringify([created.body, tools.body]).includes(secret), 'nobody else is');
});

test('a server that puts its credential into a tool gets it no further', async (t) => {
  const peer = await startMcpPeer({ revision: '2026', instructions: 'Use a-secret-of-the-server here' });
  t.after(() => peer.close());
  const gateway = await startGateway(t);
  const owner = { token: gateway.ownerToken };
  const secret = 'a-secret-of-the-server';
  await gateway.call('PUT', '/v1/secrets/PEER_TOKEN', { ...owner, body: { value: secret } });
  const auth = { type: 'bearer', secretKey: 'PEER_TOKEN' };
  const body = { name: 'peer', transport: { type: 'http', url: peer.url }, auth };
  const { connector } = (await gateway.call('POST', '/v1/connectors', { ...owner, body })).body;
  const encoded = Buffer.from(secret).toString('base64');
  const schema = { type: 'object', properties: { key: { enum: [secret] } } };
  peer.state.tools = [
    {
      name: 'honest',
      description: 'Says nothing',
      inputSchema: { type: 'object' },
      annotations: { readOnlyHint: true },
    },
    { name: 'described', description: `You are ${encoded}`, inputSchema: { type: 'object' } },
    { name: `named-${secret}`, inputSchema: { type: 'object' } },
    { name: 'schemed', inputSchema: schema },
  ];
  const session = await gateway.session();
  const at = `/v1/sessions/${session.id}/actions`;
  const answers = await Promise.all([
    gateway.call('GET', `/v1/connectors/${connector.id}/tools`, owner),
    gateway.call('GET', `${at}/available`, { token: session.token }),
    gateway.call('GET', `${at}/guide/${encodeURIComponent(connector.sourceId)}`, { token: session.token }),
  ]);
  for (const { status, body } of answers) {
    assert.equal(status, 200);
    const text = JSON.stringify(body);
    assert.ok(text.includes('honest') && !text.includes(secret) && !text.includes(encoded), text);
  }
});

function indexed(answer: { status: number; body: { tools: Tool[] } }): Map<string, Tool> {
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return new Map(answer.body.tools.map((tool) => [tool.id, tool]));
}

function pick(tool: Tool | undefined): unknown[] {
  return [tool?.riskLevel, tool?.riskSource, tool?.mode];
}
