import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { paramsSchema } from './params-schema.ts';

/** `ok`, or the first issue as `path: message`. */
function check(schema: JsonObject, params: JsonObject): string {
  const checked = paramsSchema(schema).check(params);
  if (checked.ok) return 'ok';
  const [first] = checked.issues;
  return `${first?.path}: ${first?.message}`;
}

const inP = (schema: JsonObject): JsonObject => ({ type: 'object', properties: { p: schema } });

const cannotRun = 'is not one that RE2 can run';

/** What its server checks: the params are taken, and this is said. */
const left: readonly [string, JsonObject, JsonObject, string][] = [
  [
    'look-ahead',
    inP({ pattern: '^(?=a).*' }),
    { p: 'b' },
    `/properties/p/pattern: the pattern "^(?=a).*" ${cannotRun}`,
  ],
  [
    'a back reference',
    inP({ pattern: '(a)\\1' }),
    { p: 'b' },
    `/properties/p/pattern: the pattern "(a)\\\\1" ${cannotRun}`,
  ],
  [
    'a named back reference',
    inP({ pattern: '(?<n>a)\\k<n>' }),
    { p: 'b' },
    `/properties/p/pattern: the pattern "(?<n>a)\\\\k<n>" ${cannotRun}`,
  ],
  [
    'a long repetition',
    inP({ pattern: '^.{1,4096}$' }),
    { p: '' },
    `/properties/p/pattern: the pattern "^.{1,4096}$" ${cannotRun}`,
  ],
  [
    'a pattern that unfolds',
    inP({ pattern: `(${'a'.repeat(980)}){1000}` }),
    { p: 'a' },
    `/properties/p/pattern: the pattern ${JSON.stringify(`(${'a'.repeat(79)}`)} unfolds to too many steps`,
  ],
  [
    'a long pattern',
    inP({ pattern: 'a'.repeat(1001) }),
    { p: 'b' },
    '/properties/p/pattern: a pattern is longer than 1000 characters',
  ],
  [
    'no type of JSON',
    inP({ type: 'strin' }),
    { p: 1 },
    '/properties/p/type: type is not what JSON Schema has there',
  ],
  ['keywords of the wrong kind', { properties: 5 }, { a: 1 }, '/properties: it is no object of schemas'],
  [
    'required as draft 3 had it',
    inP({ required: true }),
    {},
    '/properties/p/required: it is no list of names',
  ],
  [
    'a bound that is a text',
    inP({ maxLength: '5' }),
    { p: 'abcdef' },
    '/properties/p/maxLength: maxLength is not what JSON Schema has there',
  ],
  [
    'a reference to nothing',
    inP({ $ref: '#/$defs/none' }),
    { p: 1 },
    '/properties/p/$ref: it refers to no schema, or back to itself',
  ],
  [
    'a reference in a circle',
    { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' },
    {},
    '/$defs/a/$ref: it refers to no schema, or back to itself',
  ],
  [
    'a reference that is dynamic',
    { not: { $dynamicRef: '#x' } },
    {},
    '/not/$dynamicRef: $dynamicRef is not followed',
  ],
  [
    'a draft that nobody knows',
    { $schema: 'https://odd.example/' },
    {},
    'the whole: its $schema names no draft of JSON Schema from 4 to 2020-12; it is read as 2020-12',
  ],
  [
    'a required property with a default',
    { required: ['p', 'q'], ...inP({ default: 1 }) },
    { q: 1 },
    '/required: "p" may be absent, since it has a default',
  ],
  [
    'one whose default is behind a reference',
    { $defs: { d: { default: 1 } }, required: ['p'], ...inP({ $ref: '#/$defs/d' }) },
    {},
    '/required: "p" may be absent, since it has a default',
  ],
  [
    'what must not look ahead',
    inP({ not: { pattern: '^(?!a)' } }),
    { p: 'a' },
    '/properties/p/not: what it depends on is not wholly checked',
  ],
  [
    'what must not look ahead, by reference',
    { $defs: { x: { pattern: '^(?!a)' } }, ...inP({ not: { $ref: '#/$defs/x' } }) },
    { p: 'a' },
    '/properties/p/not: what it depends on is not wholly checked',
  ],
  [
    'one of two that look ahead',
    inP({ oneOf: [{ pattern: '^(?=a)' }, { pattern: '^(?=b)' }] }),
    { p: 'a' },
    '/properties/p/oneOf: that no more than one of them fits',
  ],
  [
    'names that look ahead',
    { patternProperties: { '^(?=a)': {} }, additionalProperties: false },
    { a: 1 },
    '/additionalProperties: what it depends on is not wholly checked',
  ],
  [
    'a condition that looks ahead',
    {
      ...inP({}),
      if: { properties: { p: { pattern: '^(?=a)' } } },
      ...JSON.parse('{"then":{"required":["q"]}}'),
    },
    { p: 'b' },
    '/if: what it depends on is not wholly checked',
  ],
];

for (const [name, schema, params, note] of left) {
  test(`${name} is left to the server`, () => {
    const { unchecked = [] } = paramsSchema(schema);
    assert.ok(unchecked.includes(note), unchecked.join('\n'));
    assert.equal(check(schema, params), 'ok');
  });
}

test('what is beside that is checked', () => {
  const schema = { required: ['q'], properties: { p: { pattern: '^(?=a)', minLength: 3 }, q: {} } };
  assert.equal(check(schema, { q: 1, p: 'b' }), '/p: must NOT have fewer than 3 characters');
  assert.equal(check(schema, {}), ": must have required property 'q'");
  assert.equal(paramsSchema(inP({ type: 'string', pattern: '^a+$' })).unchecked?.length, 0);
  const many = {
    properties: Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`p${at}`, { pattern: '(?=a)' }])),
  };
  assert.equal(paramsSchema(many).unchecked?.at(-1), '10 more of its parts');
});

test('what the official SDK writes for texts is called', () => {
  const schema = z.toJSONSchema(
    z.object({
      duration: z.iso.duration(),
      host: z.hostname(),
      emoji: z.emoji(),
      mail: z.email(),
      id: z.uuid(),
      address: z.ipv4().or(z.ipv6()),
      at: z.iso.datetime({ offset: true }),
      url: z.url(),
      page: z.int().default(1),
      size: z.bigint().optional().transform(Number).pipe(z.number()),
    }),
    { unrepresentable: 'any' },
  ) as JsonObject;
  const params = {
    duration: 'P1D',
    host: 'example.com',
    emoji: '🙂',
    mail: 'a@example.com',
    id: '0197a3c4-5b7e-7c12-9d3f-2b1a0c9d8e7f',
    address: '::1',
    at: '2026-11-28T20:00:00+01:00',
    url: 'https://example.com',
    size: 1,
  };
  assert.equal(check(schema, params), 'ok');
  assert.equal(check(schema, { ...params, id: 'x' }).startsWith('/id: must match pattern'), true);
});
