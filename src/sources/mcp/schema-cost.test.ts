import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import * as fc from 'fast-check';
import { RE2JS, RE2Set } from 're2js';
import type { JsonObject } from '../../lib/json.ts';
import { paramsSchema } from './params-schema.ts';
import { patternCost } from './pattern-cost.ts';
import { PatternBudget } from './schema-cost.ts';
import { readTool } from './tools.ts';

const letters = 'a'.repeat(980);
const inP = (schema: JsonObject): JsonObject => ({ type: 'object', properties: { p: schema } });
const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** The same pointer, written in another way for each number. */
function spelling(name: string, at: number): string {
  const letters = Array.from(name, (letter, place) =>
    (at >> place) & 1 ? `%${letter.charCodeAt(0).toString(16)}` : letter,
  );
  return `#/$defs/${letters.join('')}`;
}

const wide = { properties: Object.fromEntries(times(300, (at) => [`p${at}`, { minLength: 1 }])) };

/** Each took the compiler from a second to a minute, or the process; by itself such a pattern is left to the server. */
const left: Readonly<Record<string, JsonObject>> = {
  'one pattern repeated': inP({ pattern: `(${letters}){1000}` }),
  'sixty patterns repeated': inP({ allOf: times(60, (at) => ({ pattern: `(${at}${letters}){1000}` })) }),
  'names by pattern': { patternProperties: { [`(${letters}){1000}`]: {} } },
  'repetitions inside each other': inP({ pattern: '((a{100}){100}){100}' }),
  'nothing, repeated': inP({ pattern: '(){1000}'.repeat(100) }),
  'groups that are never closed': inP({ pattern: `${'((){1000}'.repeat(60)}${')'.repeat(60)}` }),
  'classes of all letters': inP({ pattern: '\\p{L}'.repeat(190) }),
  'classes without case': inP({ pattern: `(?i:${'[\\u0042-\\ud000]'.repeat(60)})` }),
  'under a name that is no keyword': { $defs: { x: { y: { pattern: `(${letters}){1000}` } } } },
};

for (const [name, schema] of Object.entries(left)) {
  test(`${name}: never compiled, and said not to be checked`, (t) => {
    const compile = t.mock.method(RE2JS, 'compile');
    const add = t.mock.method(RE2Set.prototype, 'add');
    const read = paramsSchema({ type: 'object', ...schema });
    if (name !== 'under a name that is no keyword')
      assert.match(read.unchecked?.[0] ?? '', /unfolds to too many steps/);
    assert.equal(read.check({ p: 'x' }).ok, true);
    assert.equal(compile.mock.callCount() + add.mock.callCount(), 0);
  });
}

/** Together too much. */
const hostile: Readonly<Record<string, JsonObject>> = {
  'many that are small': inP({ allOf: times(600, (at) => ({ pattern: `(${at}a?b?){9}` })) }),
  'names by many patterns': {
    patternProperties: Object.fromEntries(times(200, (at) => [`^${at}[a-z]{90}$`, {}])),
  },
  'references spelled in many ways': {
    $defs: { wideone: wide },
    allOf: times(100, (at) => ({ $ref: spelling('wideone', at) })),
  },
};

for (const [name, schema] of Object.entries(hostile)) {
  test(`${name}: refused before anything is compiled, with a reason`, (t) => {
    const compile = t.mock.method(RE2JS, 'compile');
    const read = readTool({ name: 'x', inputSchema: { type: 'object', ...schema } });
    assert.ok('omitted' in read);
    assert.match(
      read.omitted.reason,
      /^its input schema cannot be used: its (?:patterns unfold to|references reach) more than /,
    );
    assert.equal(compile.mock.callCount(), 0);
  });
}

/** What people write. */
const usual: readonly string[] = [
  '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$',
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  '^[\\p{L}\\p{N}_ .-]{1,1000}$',
  '^(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}$',
  '^[^@\\s]{1,64}@[^@\\s]{1,255}$',
];

test('what people write is taken', () => {
  const schema = { type: 'object', properties: Object.fromEntries(usual.map((p) => [p, { pattern: p }])) };
  assert.equal(paramsSchema(schema).check({}).ok, true);
});

test('a schema that is only listed is not compiled', () => {
  const compile = mock.method(RE2JS, 'compile');
  paramsSchema(inP({ pattern: '^a+$' }));
  assert.equal(compile.mock.callCount(), 0);
  compile.mock.restore();
});

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(
      'a',
      'é',
      '.',
      '\\d',
      '\\p{L}',
      '[a-z]',
      '[^\\w-]',
      '\\x41',
      '\\u0041',
      '^',
      '$',
      '[]]',
      '\\)',
      '\\{',
    ),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => a + b),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}|${b})`),
    tie('expression').map((inner) => `(?:${inner})`),
    fc
      .tuple(tie('expression'), fc.constantFrom('*', '+', '?', '*?', '{3}', '{0}', '{2,}', '{0,7}', '{2,4}?'))
      .map(([inner, times]) => `(${inner})${times}`),
    fc
      .tuple(fc.constantFrom('a', '[a-c]', '\\d'), fc.constantFrom('{5}', '{0,9}', '{3,}', '+'))
      .map(([atom, times]) => atom + times),
  ),
}));

test('the estimate is never less than the program', () => {
  fc.assert(
    fc.property(expression, (source) => {
      const estimate = patternCost(source);
      if (estimate > 15_000) return;
      let size: number;
      try {
        size = RE2JS.compile(RE2JS.translateRegExp(source)).programSize();
      } catch {
        return;
      }
      // Beside what stands in the text a program has a beginning and an end.
      assert.ok(size <= estimate + 3, `${source}: ${size} > ${estimate}`);
    }),
    { numRuns: 1500 },
  );
});

test('the patterns of one listing have a budget together: what goes beyond it is left out, what has none is not', () => {
  const patterns = new PatternBudget();
  const read = (name: string, properties: JsonObject) =>
    readTool({ name, inputSchema: { type: 'object', properties } }, patterns);
  const costly = { p: { pattern: '[a-z]{900}'.repeat(5) } };
  const all = times(12, (at) => read(`t${at}`, costly));
  const left = all.filter((one) => 'omitted' in one).map(({ omitted }) => omitted);
  assert.deepEqual(
    left.map(({ tool }) => tool),
    ['t11'],
  );
  assert.match(left[0]?.reason ?? '', /those of the tools before it unfold to more than 150000 steps/);
  assert.ok('tool' in read('plain', { p: { type: 'string' } }));
});
