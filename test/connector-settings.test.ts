// What a connector's server gets and how long it may take, through a gateway.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startMcpPeer } from './peers/mcp.ts';
import { running } from './peers/mcp-client.ts';
import { assent } from './support/cli.ts';
import { assertRefused, startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';

type Gateway = Awaited<ReturnType<typeof startGateway>>;

async function added(gateway: Gateway, transport: object, more: object = {}) {
  const created = await gateway.call('POST', '/v1/connectors', {
    token: gateway.ownerToken,
    body: { name: 'peer', transport, defaultRisk: 'read', ...more },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  return created.body.connector;
}

async function invoked(gateway: Gateway, sourceId: string, actionId: string, params: object = {}) {
  const { id, token } = await gateway.session();
  const path = `/v1/sessions/${id}/actions/invoke`;
  return gateway.call('POST', path, { token, body: { sourceId, actionId, params } });
}

const setSecret = (gateway: Gateway, key: string, value: string) =>
  gateway.call('PUT', `/v1/secrets/${key}`, { token: gateway.ownerToken, body: { value } });

test('a command gets its variables, plain and secret, and its folder', async (t) => {
  const gateway = await startGateway(t);
  const cwd = realpathSync(scratchFolder(t));
  await setSecret(gateway, 'DB_PASSWORD', 'correct horse battery');
  const transport = {
    ...running('ordinary'),
    env: [
      { name: 'REGION', value: 'eu-1' },
      { name: 'PGPASSWORD', secretKey: 'DB_PASSWORD' },
      { name: 'PATH', value: '/usr/bin' },
    ],
    cwd,
  };
  const { sourceId, transport: kept } = await added(gateway, transport);
  assert.deepEqual(kept, transport);
  const { status, body } = await invoked(gateway, sourceId, 'look');
  assert.equal(status, 200, JSON.stringify(body));
  const { env, cwd: folder } = JSON.parse(body.result.content[0].text);
  assert.deepEqual([env.REGION, env.PATH, folder], ['eu-1', '/usr/bin', cwd]);
  // The command has it, and what it shows of it is taken out.
  assert.match(env.PGPASSWORD, /redacted/i);
});

test('a server gets its headers, plain and secret, beside its credential', async (t) => {
  const gateway = await startGateway(t);
  const peer = await startMcpPeer();
  t.after(() => peer.close());
  await setSecret(gateway, 'TOKEN', 'hunter2hunter2');
  await setSecret(gateway, 'TENANT_KEY', 'tenant-secret-1');
  const headers = [
    { name: 'X-Region', value: 'eu-1' },
    { name: 'X-Tenant-Key', secretKey: 'TENANT_KEY' },
  ];
  const auth = { type: 'bearer', secretKey: 'TOKEN' };
  const { sourceId } = await added(gateway, { type: 'http', url: peer.url, headers }, { auth });
  assert.equal((await invoked(gateway, sourceId, 'read_note', { id: 'a' })).status, 200);
  const { authorization, 'x-region': region, 'x-tenant-key': key } = peer.state.headers;
  assert.deepEqual([authorization, region, key], ['Bearer hunter2hunter2', 'eu-1', 'tenant-secret-1']);
});

test('a working folder that is not there is said', async (t) => {
  const gateway = await startGateway(t);
  const cwd = join(scratchFolder(t), 'later');
  const { id } = await added(gateway, { ...running('ordinary'), cwd });
  const tools = () => gateway.call('GET', `/v1/connectors/${id}/tools`, { token: gateway.ownerToken });
  assertRefused(
    await tools(),
    502,
    'source_unavailable',
    `The MCP server "peer" cannot be used: its working folder ${cwd} is no folder on the gateway's machine. Make it, or name another.`,
  );
  mkdirSync(cwd);
  assert.equal((await tools()).status, 200);
});

const http = { type: 'http', url: 'https://mcp.example/mcp' };
const stdio = { type: 'stdio', command: 'npx' };
const header = (name: string, value = 'x') => ({ ...http, headers: [{ name, value }] });

const refusedSettings: readonly (readonly [object, RegExp, object?])[] = [
  ...[
    'Host',
    'content-length',
    'Mcp-Session-Id',
    'mcp-anything',
    'Accept',
    'Proxy-Authorization',
    'Connection',
  ].map(
    (name) => [header(name), /^The header ".*" is the protocol's own, and is set by the gateway\.$/] as const,
  ),
  [header('Authorization'), /^The header "Authorization" holds a credential: store its value/],
  [header('Cookie'), /^The header "Cookie" holds a credential/],
  [
    header('X-A', 'a\r\nX-Admin: 1'),
    /^The value of the header "X-A" has characters that no header can carry\.$/,
  ],
  [header('X-A', 'größe'), /has characters that no header can carry/],
  [header('X A'), /not a header name/],
  [
    {
      ...http,
      headers: [
        { name: 'X-A', value: 'a' },
        { name: 'x-a', value: 'b' },
      ],
    },
    /^The header "x-a" is set twice\.$/,
  ],
  [
    { ...http, headers: [{ name: 'x-key', value: 'a' }] },
    /^The header "x-key" is set twice\.$/,
    { auth: { type: 'header', header: 'X-Key', secretKey: 'KEY' } },
  ],
  [{ ...stdio, env: [{ name: 'A-B', value: '' }] }, /environment variable/],
  [
    {
      ...stdio,
      env: [
        { name: 'A', value: '' },
        { name: 'A', secretKey: 'K' },
      ],
    },
    /^The variable "A" is set twice\.$/,
  ],
  [{ ...stdio, env: [{ name: 'A', value: '\0' }] }, /can hold no NUL/],
  [{ ...stdio, env: [{ name: 'A', value: '', secretKey: 'K' }] }, /env/],
  [{ ...stdio, cwd: 'relative' }, /absolute path/],
  [{ ...stdio, limits: { callMs: 5 } }, /callMs/],
  [{ ...stdio, limits: { callMs: 3_600_000 } }, /callMs/],
  [{ ...stdio, limits: { callMs: 20_000, longestCallMs: 10_000 } }, /^The longest time of a call/],
];

test('settings that could not work, or would be something else on the wire, are refused', async (t) => {
  const gateway = await startGateway(t);
  for (const [transport, said, more] of refusedSettings) {
    const answer = await gateway.call('POST', '/v1/connectors', {
      token: gateway.ownerToken,
      body: { name: 'peer', transport, ...more },
    });
    assert.equal(answer.status, 400, JSON.stringify(transport));
    assert.match(
      JSON.stringify(answer.body.error).replaceAll('\\"', '"'),
      new RegExp(said.source.replace(/^\^|\$$/g, '')),
    );
  }
});

test('a change of one setting is refused where it does not fit another that stays', async (t) => {
  const gateway = await startGateway(t);
  const auth = { type: 'header', header: 'X-Key', secretKey: 'KEY' };
  const headers = [{ name: 'x-key', value: 'a' }];
  const { id } = await added(gateway, { ...http, headers });
  const patch = (body: object) =>
    gateway.call('PATCH', `/v1/connectors/${id}`, { token: gateway.ownerToken, body });
  const refused = await patch({ auth });
  assert.equal(refused.status, 400);
  assert.match(refused.body.error.message, /^The header "x-key" is set twice\.$/);
  assert.equal((await patch({ auth, transport: http })).status, 200);
  assert.equal((await patch({ transport: { ...http, headers } })).status, 400);
  const kept = await gateway.call('GET', `/v1/connectors/${id}`, { token: gateway.ownerToken });
  assert.deepEqual(kept.body.connector.auth, auth);
  assert.equal(kept.body.connector.transport.headers, undefined);
});

test('calls to one command go one at a time, and none of what they keep is lost', async (t) => {
  const gateway = await startGateway(t);
  const notes = join(scratchFolder(t), 'notes');
  const program = fileURLToPath(new URL('peers/odd/stdio-one-file.ts', import.meta.url));
  const transport = { type: 'stdio', command: process.execPath, args: [program] };
  const { sourceId } = await added(gateway, { ...transport, env: [{ name: 'NOTES', value: notes }] });
  const { id, token } = await gateway.session();
  const body = { sourceId, actionId: 'do', params: {} };
  const calls = Array.from({ length: 8 }, () =>
    gateway.call('POST', `/v1/sessions/${id}/actions/invoke`, { token, body }),
  );
  for (const { status, body: said } of await Promise.all(calls))
    assert.equal(status, 200, JSON.stringify(said));
  assert.equal(readFileSync(notes, 'utf8'), 'line\n'.repeat(8));
});

test('a connector is added and changed by commands', async (t) => {
  const gateway = await startGateway(t);
  const env = { ASSENT_GATEWAY_URL: gateway.address, ASSENT_USER_TOKEN: gateway.ownerToken };
  const program = running('ordinary');
  const line = `"${process.execPath}" "${program.type === 'stdio' ? program.args[0] : ''}" ordinary`;
  const add = ['connectors', 'add', 'look', '--command', line, '--env', 'REGION=eu-1', '--parallel'];
  const added = await assent(add, env);
  assert.deepEqual([added.code, added.stderr.includes('It answers, with 1 tool')], [0, true], added.stderr);
  const change = [
    'connectors',
    'change',
    'look',
    '--env',
    'ZONE=b',
    '--unset',
    'REGION',
    '--call-timeout',
    '60',
  ];
  const changed = await assent([...change, '--json'], env);
  assert.equal(changed.code, 0, changed.stderr);
  const { transport } = JSON.parse(changed.stdout).connector;
  assert.deepEqual(
    [transport.env, transport.parallel, transport.limits],
    [[{ name: 'ZONE', value: 'b' }], true, { callMs: 60_000 }],
  );
});
