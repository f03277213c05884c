import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connector, ConnectorBody } from '../../src/contract/connectors.ts';
import { bodyOf, fieldsOf, withTransport } from './connector-fields.ts';

const connector = (body: Omit<ConnectorBody, 'enabled'>): Connector => ({
  ...body,
  id: 'c',
  organizationId: 'o',
  sourceId: 'connector:c',
  enabled: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
});

const bodies: readonly Omit<ConnectorBody, 'enabled'>[] = [
  {
    name: 'docs',
    transport: { type: 'http', url: 'https://mcp.example.com/mcp' },
    auth: { type: 'none' },
    defaultRisk: null,
  },
  {
    name: 'docs',
    transport: { type: 'http', url: 'https://mcp.example.com/mcp' },
    auth: { type: 'bearer', secretKey: 'DOCS_TOKEN' },
    defaultRisk: 'read',
  },
  {
    name: 'files',
    transport: { type: 'stdio', command: 'npx', args: ['-y', 'a server', '', 'two\nlines'] },
    auth: { type: 'header', header: 'API_KEY', secretKey: 'FILES_KEY' },
    defaultRisk: 'danger',
  },
  {
    name: 'docs',
    transport: {
      type: 'http',
      url: 'https://mcp.example.com/mcp',
      headers: [
        { name: 'X-Region', value: 'eu=1' },
        { name: 'X-Key', secretKey: 'DOCS_KEY' },
      ],
      limits: { listMs: 5000 },
    },
    auth: { type: 'none' },
    defaultRisk: null,
  },
  {
    name: 'files',
    transport: {
      type: 'stdio',
      command: 'npx',
      args: [],
      env: [
        { name: 'CERT', value: 'two\nlines ' },
        { name: 'EMPTY', value: '' },
        { name: 'KEY', secretKey: 'FILES_KEY' },
      ],
      cwd: '/srv/files',
      parallel: true,
      limits: { startMs: 60_000, listMs: 1500, callMs: 60_000, longestCallMs: 600_000 },
    },
    auth: { type: 'none' },
    defaultRisk: null,
  },
];

test('a connector comes back from its form as it was', () => {
  for (const body of bodies) assert.deepEqual(bodyOf(fieldsOf(connector(body))), body);
});

test('a line that is no name with a value is refused', () => {
  const { settings } = fieldsOf();
  for (const changed of [{ plain: 'REGION' }, { secret: '=KEY' }])
    assert.throws(
      () => bodyOf({ ...fieldsOf(), settings: { ...settings, ...changed } }),
      /Each line is a name and what stands under it/,
    );
});

test('a new secret is named by its new key', () => {
  const fields = { ...fieldsOf(), auth: 'bearer', newKey: ' DOCS_TOKEN ' } as const;
  assert.deepEqual(bodyOf(fields).auth, { type: 'bearer', secretKey: 'DOCS_TOKEN' });
  assert.deepEqual(bodyOf({ ...fields, secretKey: 'OTHER' }).auth, { type: 'bearer', secretKey: 'OTHER' });
});

test('a local command is never asked to send a bearer token', () => {
  const fields = { ...fieldsOf(), auth: 'bearer' } as const;
  assert.equal(withTransport(fields, 'stdio').auth, 'header');
  assert.equal(withTransport(fields, 'http').auth, 'bearer');
  assert.equal(withTransport(fieldsOf(), 'stdio').auth, 'none');
});
