import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../support/databases.ts';
import { assertRefused, startGateway } from '../support/gateway.ts';
import { fields, isoTime, onEachEngine } from './on-each-engine.ts';

const http = { type: 'http', url: 'https://mcp.example.com/v1' } as const;
const stdio = { type: 'stdio', command: 'mcp-files', args: ['--root', '/srv'] } as const;
const connectorFields = [
  'auth',
  'createdAt',
  'defaultRisk',
  'enabled',
  'id',
  'name',
  'organizationId',
  'sourceId',
  'transport',
  'updatedAt',
];

onEachEngine('connectors', (here) => {
  const make = async (body: object) => {
    const { gateway, admin } = here();
    const made = await gateway.call('POST', '/v1/connectors', { ...admin, body });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body.connector;
  };

  test('are added, read, listed by name and removed', async () => {
    const { gateway, admin } = here();
    const notes = await make({ name: 'notes', transport: http });
    assert.deepEqual(fields(notes), connectorFields);
    assert.match(notes.createdAt, isoTime);
    const { auth, defaultRisk, enabled, transport, sourceId, updatedAt } = notes;
    assert.deepEqual([auth, defaultRisk, enabled, transport], [{ type: 'none' }, null, true, http]);
    assert.deepEqual([sourceId, updatedAt], [`connector:${notes.id}`, notes.createdAt]);
    const auths = [
      { type: 'bearer', secretKey: 'NOTES_TOKEN' },
      { type: 'header', header: 'X-Api-Key', secretKey: 'NOTES_TOKEN' },
    ];
    const files = await make({
      name: 'files',
      transport: stdio,
      auth: auths[0],
      defaultRisk: 'read',
      enabled: false,
    });
    assert.deepEqual(
      [files.transport, files.auth, files.defaultRisk, files.enabled],
      [stdio, auths[0], 'read', false],
    );
    assert.deepEqual((await make({ name: 'mail', transport: http, auth: auths[1] })).auth, auths[1]);
    const list = await gateway.call('GET', '/v1/connectors', admin);
    assert.equal(list.status, 200);
    assert.deepEqual(
      list.body.connectors.map(({ name }: { name: string }) => name),
      ['files', 'mail', 'notes'],
    );
    const one = await gateway.call('GET', `/v1/connectors/${files.id}`, admin);
    assert.deepEqual([one.status, one.body], [200, { connector: files }]);
    for (const { id } of list.body.connectors) {
      const removed = await gateway.call('DELETE', `/v1/connectors/${id}`, admin);
      assert.deepEqual([removed.status, removed.body], [204, '']);
      const again = await gateway.call('DELETE', `/v1/connectors/${id}`, admin);
      assertRefused(again, 404, 'not_found', 'There is no such connector.');
    }
    assert.deepEqual((await gateway.call('GET', '/v1/connectors', admin)).body, { connectors: [] });
  });

  test('a change keeps the rest', async () => {
    const { gateway, admin, time } = here();
    const auth = { type: 'bearer', secretKey: 'KEY' };
    let known = await make({ name: 'wiki', transport: stdio, auth, defaultRisk: 'danger' });
    const changes = [
      { name: 'docs' },
      { enabled: false },
      { defaultRisk: 'read' },
      { defaultRisk: null },
      { transport: http },
      { auth: { type: 'none' } },
      {},
    ];
    for (const change of changes) {
      time.now += 1000;
      const path = `/v1/connectors/${known.id}`;
      const { status, body } = await gateway.call('PATCH', path, { ...admin, body: change });
      assert.equal(status, 200, JSON.stringify(body));
      const updatedAt = new Date(time.now).toISOString();
      assert.deepEqual(body.connector, { ...known, ...change, updatedAt });
      assert.deepEqual((await gateway.call('GET', path, admin)).body, body);
      known = body.connector;
    }
  });

  test('have names of their own in an organization, also after a change', async () => {
    const { gateway, admin, stranger } = here();
    const [a, b] = [await make({ name: 'a', transport: http }), await make({ name: 'b', transport: http })];
    const rename = await gateway.call('PATCH', `/v1/connectors/${b.id}`, { ...admin, body: { name: 'a' } });
    assertRefused(rename, 409, 'conflict', 'There is a connector "a" already. Choose another name.');
    const same = await gateway.call('PATCH', `/v1/connectors/${a.id}`, { ...admin, body: { name: 'a' } });
    assert.equal(same.status, 200);
    const body = { name: 'a', transport: http };
    assert.equal((await gateway.call('POST', '/v1/connectors', { token: stranger.token, body })).status, 201);
  });

  test('with a password in the URL are refused, also in a change, and the password is not repeated', async () => {
    const { gateway, admin } = here();
    const { id } = await make({ name: 'plain', transport: http });
    for (const url of [
      'https://me:hunter2@example.com',
      'https://hunter2@example.com',
      'https://:hunter2@example.com',
    ]) {
      const transport = { type: 'http', url };
      for (const [method, path] of [
        ['POST', '/v1/connectors'],
        ['PATCH', `/v1/connectors/${id}`],
      ] as const) {
        const answer = await gateway.call(method, path, { ...admin, body: { name: 'other', transport } });
        assertRefused(answer, 400, 'invalid_request', /^Put no password into a connector's URL/);
        assert.ok(!JSON.stringify(answer.body).includes('hunter2'));
      }
    }
    const { connector } = (await gateway.call('GET', `/v1/connectors/${id}`, admin)).body;
    assert.deepEqual([connector.name, connector.transport], ['plain', http]);
  });

  test('that are switched off show no tools, and none are reviewed', async () => {
    const { gateway, admin } = here();
    const { id } = await make({ name: 'asleep', transport: http, enabled: false });
    const says = 'The connector "asleep" is switched off. Enable it to see its tools.';
    const tools = await gateway.call('GET', `/v1/connectors/${id}/tools`, admin);
    assertRefused(tools, 409, 'conflict', says);
    for (const body of [undefined, {}, { riskLevel: 'read' }]) {
      const review = await gateway.call('PUT', `/v1/connectors/${id}/tools/x`, {
        ...admin,
        ...(body && { body }),
      });
      assertRefused(review, 409, 'conflict', says);
    }
  });
});

for (const engine of engines) {
  test(`local commands are refused where configuration forbids them, on ${engine.name}`, {
    skip: engine.skip,
  }, async (t) => {
    const gateway = await startGateway(t, {}, { allowStdioConnectors: false }, engine);
    const owner = { token: gateway.ownerToken };
    const made = await gateway.call('POST', '/v1/connectors', {
      ...owner,
      body: { name: 'web', transport: http },
    });
    assert.equal(made.status, 201);
    for (const [method, path] of [
      ['POST', '/v1/connectors'],
      ['PATCH', `/v1/connectors/${made.body.connector.id}`],
    ] as const) {
      assertRefused(
        await gateway.call(method, path, { ...owner, body: { name: 'files', transport: stdio } }),
        400,
        'invalid_request',
        'This gateway does not start local commands for connectors. Whoever runs it can allow them: `assent up --allow-stdio-connectors`.',
      );
    }
    const { connectors } = (await gateway.call('GET', '/v1/connectors', owner)).body;
    assert.deepEqual(connectors, [made.body.connector]);
  });
}
