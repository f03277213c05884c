import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { assertCheap, assertLinear } from '../../../test/support/growth.ts';
import type { JsonObject, JsonValue } from '../../lib/json.ts';
import { paramsSchema } from './params-schema.ts';

/** `ok`, or the first issue as `path: message`. */
function check(schema: JsonObject, params: JsonObject): string {
  const checked = paramsSchema(schema).check(params);
  if (checked.ok) {
    assert.equal(checked.params, params);
    return 'ok';
  }
  const [first] = checked.issues;
  return `${first?.path}: ${first?.message}`;
}

const draft = (name: string): string => `http://json-schema.org/${name}/schema#`;
const inP = (schema: JsonObject): JsonObject => ({ type: 'object', properties: { p: schema } });

const cases: readonly [string, JsonObject, JsonObject, string][] = [
  ['a required property', { required: ['a'] }, {}, ": must have required property 'a'"],
  ['a type', inP({ type: 'number' }), { p: '1' }, '/p: must be number'],
  ['no default is put in', inP({ default: 1 }), {}, 'ok'],
  ['a property too many', { additionalProperties: false }, { a: 1 }, ': must not have the property "a"'],
  ['an enumeration', inP({ enum: ['x', 'y'] }), { p: 'z' }, '/p: must be one of ["x","y"]'],
  [
    'a path is a JSON pointer',
    { properties: { 'a/b~': { type: 'null' } } },
    { 'a/b~': 1 },
    '/a~1b~0: must be null',
  ],
  [
    'two patterns are two',
    { properties: { a: { pattern: '^a+$' }, b: { pattern: '^b+$' } } },
    { a: 'aa', b: 'aa' },
    '/b: must match pattern "^b+$"',
  ],
  ['formats are not checked', inP({ format: 'email' }), { p: 'no' }, 'ok'],
  [
    'draft 7 tuples',
    { $schema: draft('draft-07'), ...inP({ items: [{ type: 'number' }], additionalItems: false }) },
    { p: [1, 2] },
    '/p: must NOT have more than 1 items',
  ],
  [
    '2019-09 tuples',
    { $schema: 'https://json-schema.org/draft/2019-09/schema', ...inP({ items: [{ type: 'number' }] }) },
    { p: ['a'] },
    '/p/0: must be number',
  ],
  [
    '2020-12 tuples',
    inP({ prefixItems: [{ type: 'number' }], items: false }),
    { p: [1, 2] },
    '/p: must NOT have more than 1 items',
  ],
  [
    'a local reference',
    { $id: 'https://a.example/', $defs: { x: { type: 'string' } }, properties: { p: { $ref: '#/$defs/x' } } },
    { p: 1 },
    '/p: must be string',
  ],
  [
    'what references evaluate',
    { $defs: { x: { properties: { a: {} } } }, $ref: '#/$defs/x', unevaluatedProperties: false },
    { a: 1, b: 1 },
    ': must NOT have unevaluated properties',
  ],
  [
    'a property named like a keyword',
    { properties: { $ref: { type: 'string' }, pattern: { type: 'string' } } },
    { $ref: 1 },
    '/$ref: must be string',
  ],
  [
    'the same item twice',
    inP({ uniqueItems: true }),
    {
      p: [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    },
    '/p: must not have the same item twice',
  ],
  [
    'items that only look alike',
    inP({ uniqueItems: true }),
    { p: [1, '1', [1], null, 'null', { a: 1 }] },
    'ok',
  ],
  ['items that may be alike', inP({ uniqueItems: false }), { p: [1, 1] }, 'ok'],
  [
    'code in a name',
    { properties: { '"];process.exit(1);//': { const: '`${1}`' } } },
    { '"];process.exit(1);//': 1 },
    '/"];process.exit(1);~1~1: must be equal to constant',
  ],
  [
    'a choice of many',
    inP({ enum: [...times(2100, (at) => `zone ${at}`), { a: 1, b: 2 }, null] }),
    { p: 'zone 2100' },
    '/p: must be one of ',
  ],
  ['a choice that is an object', inP({ enum: [{ a: 1, b: 2 }] }), { p: { b: 2, a: 1 } }, 'ok'],
  ['a choice that is null', inP({ enum: [null, 0] }), { p: null }, 'ok'],
  ['a choice that only looks alike', inP({ enum: ['1', [1]] }), { p: 1 }, '/p: must be one of '],
  [
    'members that are null',
    { type: null, required: null, properties: null, items: null, enum: null },
    { a: 1 },
    'ok',
  ],
  [
    'a property that is null',
    { properties: { a: null, b: { type: 'string' } } },
    { b: 1 },
    '/b: must be string',
  ],
  ['an empty object as PHP writes it', { properties: [] }, { a: 1 }, 'ok'],
  ['null as a constant', inP({ const: null }), { p: 1 }, '/p: must be equal to constant'],
  [
    'a tuple of draft 7 without its name',
    inP({ items: [{ type: 'number' }] }),
    { p: ['a'] },
    '/p/0: must be number',
  ],
  [
    'a schema that holds itself, below a name that is a keyword',
    { properties: { type: { $ref: '#' } }, required: ['a'] },
    { a: 1, type: {} },
    "/type: must have required property 'a'",
  ],
  [
    'a choice that leads back to itself',
    { anyOf: [{ $ref: '#' }, { required: ['a'] }], required: ['b'] },
    { a: 1 },
    ": must have required property 'b'",
  ],
  ['a constant with a member of an object', inP({ const: { valueOf: 1 } }), { p: { valueOf: 1 } }, 'ok'],
  [
    'a circle of two',
    { $defs: { x: { not: { $ref: '#/$defs/y' } }, y: { if: { $ref: '#/$defs/x' } } }, $ref: '#/$defs/x' },
    {},
    'ok',
  ],
  [
    'what a tuple of draft 7 ends with',
    inP({ items: [{}], additionalItems: { type: 'string' } }),
    { p: [1, 2] },
    '/p/1: must be string',
  ],
  ['a bound of draft 4', inP({ minimum: 3, exclusiveMinimum: true }), { p: 3 }, '/p: must be > 3'],
  ['a bound of draft 4, inclusive', inP({ maximum: 3, exclusiveMaximum: false }), { p: 3 }, 'ok'],
  [
    'an id of draft 4',
    { $schema: draft('draft-04'), id: 'http://a.example/', properties: { p: { id: '#p', type: 'string' } } },
    { p: 1 },
    '/p: must be string',
  ],
  [
    'dependencies of draft 7',
    { dependencies: { a: ['b'] } },
    { a: 1 },
    ': must have property b when property a is present',
  ],
  ['null by OpenAPI', inP({ type: 'string', nullable: true, enum: ['x'] }), { p: null }, 'ok'],
  [
    'null by OpenAPI, of a reference',
    { $defs: { x: { type: 'string' } }, ...inP({ $ref: '#/$defs/x', nullable: true }) },
    { p: null },
    'ok',
  ],
  ['what else OpenAPI wants', inP({ type: 'string', nullable: true }), { p: 1 }, '/p: must be string'],
  ['formats nobody knows', inP({ type: 'integer', format: 'uint128' }), { p: 1.5 }, '/p: must be integer'],
  [
    'a reference by anchor',
    { $defs: { x: { $anchor: 'n', type: 'string' } }, ...inP({ $ref: '#n' }) },
    { p: 1 },
    '/p: must be string',
  ],
  [
    'a reference to what is no keyword',
    { 'x-all': { n: { type: 'string' } }, ...inP({ $ref: '#/x-all/n' }) },
    { p: 1 },
    '/p: must be string',
  ],
  [
    'what stands beside a reference of draft 7',
    {
      $schema: draft('draft-07'),
      definitions: { x: {} },
      ...inP({ $ref: '#/definitions/x', type: 'string' }),
    },
    { p: 1 },
    'ok',
  ],
  [
    'an upper bound that is rounded down',
    inP({ exclusiveMaximum: 9_007_199_254_740_992 }),
    { p: 9_007_199_254_740_992 },
    'ok',
  ],
];

for (const [name, schema, params, expected] of cases) {
  test(`${name} → ${expected.slice(0, 60)}`, () => {
    const said = check(schema, params);
    assert.equal(expected.endsWith(' ') ? said.slice(0, expected.length) : said, expected);
  });
}

test('__proto__ is a property like any other', () => {
  // JSON.parse gives what the type says.
  const schema = JSON.parse(
    '{"properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}',
  ) as JsonObject;
  assert.equal(check(schema, {}), ": must have required property '__proto__'");
  assert.equal(check(schema, JSON.parse('{"__proto__":"x"}') as JsonObject), 'ok');
});

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** 2^24 ways through 2 KiB of schema. */
function doubling(): JsonObject {
  const names = times(24, (at) => `d${at}`);
  const defs = names.map((name, at) => [
    name,
    { anyOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
  ]);
  return { $defs: { ...Object.fromEntries(defs), d24: { type: 'string' } }, $ref: '#/$defs/d0' };
}

function nested(levels: number): JsonObject {
  let value: JsonObject = {};
  for (let level = 0; level < levels; level += 1) value = { c: value };
  return value;
}

const tree: JsonObject = {
  $defs: {
    n: {
      anyOf: [
        { properties: { c: { $ref: '#/$defs/n' } }, required: ['c'] },
        { properties: { c: { $ref: '#/$defs/n' } }, required: ['c'] },
      ],
    },
  },
  $ref: '#/$defs/n',
};
const costly = ': takes too long to check against this schema';

/** Each held the event loop for seconds with a plain Ajv, or exhausted it. */
const hostile: readonly [string, JsonObject, JsonObject, string | RegExp][] = [
  [
    'an exponential pattern',
    inP({ pattern: '^(a+)+$' }),
    { p: `${'a'.repeat(100_000)}!` },
    '/p: must match pattern "^(a+)+$"',
  ],
  ['a large machine on a long text', inP({ pattern: '(.{30}){30}c' }), { p: 'ab'.repeat(20_000) }, costly],
  [
    'many patterns on a long text',
    inP({ allOf: times(400, (at) => ({ pattern: `(x+x+)+y${at}?` })) }),
    { p: 'x'.repeat(9999) },
    /^\/p: must match/,
  ],
  ['references that double', doubling(), {}, costly],
  ['references that double with the value', tree, nested(60), costly],
  ['a value that is deep', tree, nested(10_000), ': is deeper than 64 levels'],
  [
    'many branches on many items',
    inP({ anyOf: times(600, (at) => ({ items: { const: at } })) }),
    { p: times(20_000, () => -1) },
    ': is too large for this schema',
  ],
  [
    'a text measured often',
    inP({ allOf: times(900, () => ({ minLength: 1 })) }),
    { p: 'é'.repeat(700_000) },
    ': is too large for this schema',
  ],
  [
    'unique items, often',
    inP({ allOf: times(300, () => ({ uniqueItems: true })) }),
    { p: times(1000, (i) => ({ i })) },
    costly,
  ],
  [
    'unique items, many',
    inP({ items: { uniqueItems: true } }),
    { p: times(400, () => times(1000, (i) => ({ i }))) },
    costly,
  ],
  [
    'patterns on many names',
    { patternProperties: Object.fromEntries(times(400, (at) => [`^a${at}`, {}])) },
    Object.fromEntries(times(2000, (at) => [`b${at}`, 1])),
    costly,
  ],
];

for (const [name, schema, params, expected] of hostile) {
  test(`${name} costs little`, () => {
    assertCheap(name, [schema, params], () => {
      const said = check(schema, params);
      if (typeof expected === 'string') assert.equal(said, expected);
      else assert.match(said, expected);
    });
  });
}

test('a schema of many properties is compiled in proportion to them', () => {
  const wide = (size: number) => {
    const properties = Object.fromEntries(times(size, (at) => [`p${at}`, { enum: ['a'] }]));
    return () => assert.equal(check({ type: 'object', properties }, {}), 'ok');
  };
  // The first ones compile the compiler, which hides how the work grows.
  for (const size of [900, 900]) wide(size)();
  assertLinear('a wide schema', 900, wide);
});

test('an answer has at most twenty issues, none of them long', () => {
  const checked = paramsSchema(inP({ anyOf: times(100, (at) => ({ const: at })), title: 'x' })).check({
    p: 'no',
  });
  assert.equal(!checked.ok && checked.issues.length, 20);
  const long = paramsSchema(inP({ enum: times(500, (at) => `value ${at}`) })).check({ p: 'no' });
  assert.equal(!long.ok && long.issues[0]?.message.length, 500);
});

/** Schemas as a fuzzer sees them: keywords with values that fit, sometimes. */
const keyword = fc.constantFrom(
  'type',
  'properties',
  'items',
  'anyOf',
  'not',
  'pattern',
  '$ref',
  'enum',
  'required',
  'minimum',
  'uniqueItems',
  '$defs',
  'patternProperties',
  'if',
  'dependentSchemas',
  '$id',
  '$anchor',
  'format',
  'nullable',
  '$async',
  'unevaluatedProperties',
  '$schema',
  'oneOf',
  'maxContains',
  'exclusiveMinimum',
  'dependencies',
  'contains',
  'const',
);
const { schema: anySchema } = fc.letrec<{ schema: JsonObject; value: JsonValue }>((tie) => ({
  schema: fc.dictionary(keyword, tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<JsonValue>(
      'object',
      'string',
      '#',
      '#/$defs/a',
      '#/properties/a',
      '^a',
      '(',
      'x',
      true,
      false,
      1,
      null,
    ),
    tie('schema'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '^c', '__proto__'), tie('schema'), { maxKeys: 2 }),
  ),
}));
const anyParams = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<JsonValue>, { maxKeys: 4 });

test('whatever the schema and the params are, there is an answer, soon', () => {
  fc.assert(
    fc.property(anySchema, anyParams, (schema, params) => {
      assertCheap('an answer', [schema, params], () => assertAnswered(schema, params));
    }),
    { numRuns: 600 },
  );
});

function assertAnswered(schema: JsonObject, params: JsonObject): void {
  let checked: ReturnType<ReturnType<typeof paramsSchema>['check']>;
  try {
    checked = paramsSchema(schema).check(params);
  } catch (error) {
    // Refused beforehand, which only SchemaError may do.
    assert.equal(error instanceof Error && error.constructor.name, 'SchemaError');
    return;
  }
  if (checked.ok) return;
  assert.ok(checked.issues.length > 0);
  assert.ok(checked.issues.every(({ path }) => path === '' || path.startsWith('/')));
  // What is listed can be called: its schema is read so that it compiles.
  const useless = checked.issues.find(({ message }) => /cannot be (?:checked|used)/.test(message));
  assert.equal(useless, undefined);
}
