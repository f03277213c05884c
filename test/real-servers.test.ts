// MCP servers that people use, each as a connector: what the gateway lists of them is what the official client lists. They are
// installed by this test alone, into a folder that is kept, since `npm ci` would take twice as long with them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startGateway } from './support/gateway.ts';
import { scratchFolder } from './support/scratch.ts';

const installed = join(import.meta.dirname, '../test-results/real-servers');
const wanted = join(import.meta.dirname, 'fixtures/real-servers');

/** Why they cannot be run; `false` where they can. Without scripts: none of them may fetch a browser. */
function install(): false | string {
  if (existsSync(join(installed, 'node_modules/.package-lock.json'))) return false;
  mkdirSync(installed, { recursive: true });
  cpSync(wanted, installed, { recursive: true });
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status, stderr } = spawnSync('npm', args, { cwd: installed, encoding: 'utf8' });
  if (status === 0) return false;
  const isAway = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(stderr);
  assert.ok(isAway, stderr);
  return 'the servers come from the npm registry, which cannot be reached';
}

const skip = install();

interface Tried {
  readonly program: string;
  readonly args?: (folder: string) => readonly string[];
  /** A call that harms nothing: the tool, its params, and what is in the answer. */
  readonly call?: readonly [tool: string, params: object, said: RegExp];
}

const servers: Readonly<Record<string, Tried>> = {
  everything: {
    program: '@modelcontextprotocol/server-everything/dist/index.js',
    call: ['get-sum', { a: 2, b: 3 }, /\b5\b/],
  },
  memory: {
    program: '@modelcontextprotocol/server-memory/dist/index.js',
    call: ['read_graph', {}, /"entities":\[\]/],
  },
  filesystem: {
    program: '@modelcontextprotocol/server-filesystem/dist/index.js',
    args: (folder) => [folder],
    call: ['list_allowed_directories', {}, /Allowed directories/],
  },
  playwright: { program: '@playwright/mcp/cli.js', args: () => ['--headless'] },
  notion: { program: '@notionhq/notion-mcp-server/bin/cli.mjs' },
};

for (const [name, { program, args = () => [], call }] of Object.entries(servers)) {
  test(`the server ${name} is listed as the official client lists it`, { skip }, async (t) => {
    const folder = scratchFolder(t);
    writeFileSync(join(folder, 'a.txt'), 'a');
    const command = {
      command: '/usr/bin/env',
      args: [
        `MEMORY_FILE_PATH=${join(folder, 'memory.jsonl')}`,
        process.execPath,
        join(installed, 'node_modules', program),
        ...args(folder),
      ],
    };
    const gateway = await startGateway(t);
    const owner = { token: gateway.ownerToken };
    const body = { name, transport: { type: 'stdio', ...command }, defaultRisk: 'read' };
    const { connector } = (await gateway.call('POST', '/v1/connectors', { ...owner, body })).body;
    const { status, body: listed } = await gateway.call('GET', `/v1/connectors/${connector.id}/tools`, owner);
    assert.equal(status, 200, JSON.stringify(listed));
    assert.deepEqual(listed.omitted, []);
    const tools: { id: string; description: string; params: object }[] = listed.tools;
    assert.deepEqual(
      tools.map(({ id, description, params }) => ({ id, description, params })),
      await officialList(command),
    );
    if (call === undefined) return;
    const [actionId, params, said] = call;
    const session = await gateway.session();
    const answer = await gateway.call('POST', `/v1/sessions/${session.id}/actions/invoke`, {
      token: session.token,
      body: { sourceId: connector.sourceId, actionId, params },
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    assert.match(JSON.stringify(answer.body.result), said);
  });
}

async function officialList(command: { command: string; args: string[] }) {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StdioClientTransport({ ...command, stderr: 'ignore' }));
  try {
    const { tools } = await client.listTools();
    return tools.map(({ name, title, description, inputSchema }) => ({
      id: name,
      description: description ?? title ?? '',
      params: inputSchema,
    }));
  } finally {
    await client.close();
  }
}
