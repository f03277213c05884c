import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type McpPeer, startMcpPeer } from '../../../test/peers/mcp.ts';
import { at, contextWith, sourceFor } from '../../../test/peers/mcp-client.ts';
import { readTool } from './tools.ts';

const inputSchema = { type: 'object' };

/** Name of the tool, or why it is left out. */
function outcome(value: unknown): string {
  const read = readTool(value);
  return 'tool' in read ? `tool ${read.tool.name}` : `omitted ${read.omitted.tool}: ${read.omitted.reason}`;
}

function deep(levels: number): unknown {
  let schema: unknown = {};
  for (let level = 0; level < levels; level += 1) schema = { not: schema };
  return schema;
}

const cases: readonly [unknown, RegExp | string][] = [
  [{ name: 'a', inputSchema }, 'tool a'],
  [{ name: 'a', inputSchema: {} }, 'tool a'],
  [{ name: '__proto__', inputSchema }, 'tool __proto__'],
  [{ name: 'größe.v2/x:y', inputSchema }, 'tool größe.v2/x:y'],
  [{ name: 'a'.repeat(128), inputSchema, zork: 1 }, `tool ${'a'.repeat(128)}`],
  [
    { name: 'a'.repeat(129), inputSchema },
    /^omitted …: its name is wrong: is not 1 to 128 visible characters$/,
  ],
  [{ name: '', inputSchema }, /^omitted : its name is wrong/],
  [{ name: 'a b', inputSchema }, /^omitted a b: its name is wrong/],
  [{ name: 'a\u0000', inputSchema }, /^omitted a: its name is wrong/],
  [{ name: 'a\u202eb', inputSchema }, /^omitted ab: its name is wrong/],
  [{ name: 'a\u200bb', inputSchema }, /^omitted ab: its name is wrong/],
  [{ name: '\ud800', inputSchema }, /^omitted : its name is wrong/],
  [{ name: 5, inputSchema }, /^omitted \(without a name\): its name is wrong/],
  [{ name: 'a' }, 'tool a'],
  [{ name: 'a', inputSchema: null }, 'tool a'],
  [{ name: 'a', inputSchema: [] }, 'tool a'],
  [{ name: 'a', inputSchema: ['object'] }, 'omitted a: its inputSchema is wrong: is no object'],
  [{ name: 'a', inputSchema: 'object' }, 'omitted a: its inputSchema is wrong: is no object'],
  [{ name: 'a', inputSchema: { type: null } }, 'tool a'],
  [{ name: 'a', inputSchema: { type: ['object', 'null'] } }, 'tool a'],
  [
    { name: 'a', title: null, description: null, annotations: null, outputSchema: null, _meta: null },
    'tool a',
  ],
  [{ name: 'a', annotations: { title: null, destructiveHint: null, readOnlyHint: null } }, 'tool a'],
  [{ name: 'a', annotations: [], icons: [{ src: 'x' }], execution: { taskSupport: 7 } }, 'tool a'],
  [
    { name: 'a', inputSchema: { type: 'string' } },
    'omitted a: its input schema cannot be used: its type is not "object"',
  ],
  [
    { name: 'a', inputSchema, annotations: { destructiveHint: 'yes' } },
    /^omitted a: its annotations\.destructiveHint is wrong/,
  ],
  [{ name: 'a', inputSchema, description: 5 }, /^omitted a: its description is wrong/],
  [{ name: 'a', inputSchema: { not: deep(31) } }, 'tool a'],
  [
    { name: 'a', inputSchema: { not: deep(32) } },
    'omitted a: its input schema cannot be used: it is deeper than 32 levels',
  ],
  [
    { name: 'a', inputSchema: { not: deep(100_000) } },
    'omitted a: its input schema cannot be used: it is deeper than 32 levels',
  ],
  [
    { name: 'a', inputSchema: { properties: { zone: { enum: Array(2100).fill('Europe/Vaduz') } } } },
    'tool a',
  ],
  [
    { name: 'a', inputSchema: { allOf: Array(2000).fill(true) } },
    'omitted a: its input schema cannot be used: it has more than 2000 values',
  ],
  [
    { name: 'a', inputSchema: { title: 'x'.repeat(66_000) } },
    'omitted a: its input schema cannot be used: it is larger than 65536 bytes',
  ],
  [
    { name: 'a', inputSchema: { $ref: 'https://evil.example/x.json' } },
    'omitted a: its input schema cannot be used: it refers to a schema outside of itself',
  ],
  [{ name: 'a', inputSchema: { $schema: 'https://odd.example' } }, 'tool a'],
  [{ name: 'a', inputSchema: { not: { $dynamicRef: '#x' } } }, 'tool a'],
  [null, /^omitted \(without a name\): its definition is wrong/],
  ['tool', /^omitted \(without a name\): its definition is wrong/],
];

for (const [value, expected] of cases) {
  test(`${JSON.stringify(value, (_key, inner) => (_key === 'not' ? '…' : inner)).slice(0, 100)} is read as ${expected}`, () => {
    if (typeof expected === 'string') assert.equal(outcome(value), expected);
    else assert.match(outcome(value), expected);
  });
}

test('reading a tool is total', () => {
  const named = fc.record(
    { name: fc.string(), inputSchema: fc.object(), description: fc.anything() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), named), (value) => /^(tool|omitted) /.test(outcome(value))),
    { numRuns: 500 },
  );
});

test('a description is cut, and shows what it holds', () => {
  const described = (description: string): string => {
    const read = readTool({ name: 'a', inputSchema, description });
    return 'tool' in read ? read.tool.description : 'omitted';
  };
  assert.equal(described('x '.repeat(2500)), `${'x '.repeat(2000).trim()}…`);
  assert.equal(described('x'.repeat(5000)), '…');
  assert.equal(described('a\u001b[2Jb\u202ec\u{e0041}\u200b\u0000\ufeff\ud800'), 'a[2Jbc');
  assert.equal(described('two\n\tlines 👩\u200d🚀'), 'two\n\tlines 👩\u200d🚀');
});

async function listed(peer: McpPeer): Promise<{ names: string[]; log: string[] }> {
  const log: string[] = [];
  const source = sourceFor(at(peer.url), {
    log: ({ connectorId, tool, reason }) => log.push(`${connectorId} ${tool}: ${reason}`),
  });
  const names = (await source.listActions(contextWith())).map(({ id }) => id);
  return { names, log };
}

test('a malformed tool does not lose the others, and is logged', async (t) => {
  for (const revision of ['2026', '2025'] as const) {
    const tools = [
      { name: 'good', inputSchema },
      { name: 5, inputSchema },
      { name: 'bad name', inputSchema },
      { name: 'good', inputSchema },
    ];
    const peer = await startMcpPeer({ revision, state: { tools } });
    t.after(() => peer.close());
    const { names, log } = await listed(peer);
    assert.deepEqual(names, ['good']);
    assert.deepEqual(log.slice(1), [
      'c1 bad name: its name is wrong: is not 1 to 128 visible characters',
      'c1 good: there is another of this name before it',
    ]);
  }
});

test('a list has an end: 1,000 tools, 64 pages', async (t) => {
  const many = Array.from({ length: 1500 }, (_, at) => ({ name: `t${at}`, inputSchema }));
  const large = await startMcpPeer({ state: { tools: many, pageSize: 100 } });
  t.after(() => large.close());
  const { names, log } = await listed(large);
  assert.deepEqual([names.length, large.state.lists], [1000, 11]);
  assert.deepEqual(log, ['c1 (all further ones): there are more than 1000 tools']);
  const junk = await startMcpPeer({ state: { tools: Array(5000).fill(5) } });
  t.after(() => junk.close());
  assert.equal((await listed(junk)).log.length, 1001);
  const endless = await startMcpPeer({ state: { tools: many, pageSize: 1 } });
  t.after(() => endless.close());
  const { names: first, log: said } = await listed(endless);
  assert.deepEqual([first.length, endless.state.lists], [64, 64]);
  assert.deepEqual(said, ['c1 (all further ones): the list of tools has more than 64 pages']);
});
