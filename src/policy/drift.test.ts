import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { type JsonObject, type JsonValue, parseJson, stableJson, toJson } from '../lib/json.ts';
import { definitionText, isDrifted } from './drift.ts';

const schema: JsonObject = {
  type: 'object',
  properties: { title: { type: 'string' }, default: { type: 'string' } },
  required: ['title'],
};
const text = definitionText('create_issue', schema);

describe('definitionText', () => {
  it('is JSON of the id and the schema with sorted keys', () => {
    assert.equal(
      text,
      '{"id":"create_issue","inputSchema":{"properties":{"default":{"type":"string"},"title":{"type":"string"}},"required":["title"],"type":"object"}}',
    );
  });

  it('counts the id', () => assert.notEqual(definitionText('delete_issue', schema), text));

  it('quotes the id', () => {
    for (const id of ['"', '\\', 'a","inputSchema":{"x":"']) {
      assert.deepEqual(parseJson(definitionText(id, {})), { id, inputSchema: {} });
    }
  });

  it('takes a schema nested deeper than the stack', () => {
    const depth = 200_000;
    const deep = (leaf: string) => {
      let schema: JsonObject = { type: leaf };
      for (let at = 0; at < depth; at += 1) schema = { not: schema, description: 'ignored' };
      return definitionText('deep', schema);
    };
    assert.notEqual(deep('string'), deep('number'));
    assert(!deep('string').includes('ignored'));
  });

  it('takes a list longer than the arguments of a call', () => {
    const items = Array.from({ length: 300_000 }, () => ({ default: 1 }));
    assert.equal(
      definitionText('wide', { anyOf: items }).length,
      '{"id":"wide","inputSchema":{"anyOf":[]}}'.length + 900_000 - 1,
    );
  });

  it('ignores a keyword wherever a schema stands', () => {
    fc.assert(
      fc.property(fc.context(), place, ignored, fc.jsonValue(), (context, place, name, value) => {
        const bare: JsonObject = { type: 'string', minLength: 1 };
        const described = { ...bare, [name]: json(value) };
        context.log(JSON.stringify(place(described)));
        assert.equal(definitionText('x', place(described)), definitionText('x', place(bare)));
      }),
    );
  });

  it('counts a property that is named as an ignored keyword', () => {
    const byName = fc.constantFrom(
      'properties',
      'patternProperties',
      '$defs',
      'definitions',
      'dependentSchemas',
    );
    fc.assert(
      fc.property(place, byName, ignored, fc.jsonValue(), (place, keyword, name, value) => {
        const bare = place({ [keyword]: { other: true } });
        const named = place({ [keyword]: { other: true, [name]: json(value) } });
        assert.notEqual(definitionText('x', named), definitionText('x', bare));
      }),
    );
  });

  it('counts any difference of data, whatever its members are called', () => {
    const keyword = fc.constantFrom(
      'const',
      'examples',
      'type',
      'required',
      'x-vendor',
      'title',
      'minimum',
      '__proto__',
    );
    const named = fc.record({ name: ignored, value: fc.jsonValue() });
    const member = named.map(({ name, value }): JsonValue => ({ [name]: json(value) }));
    const data = fc.oneof(
      fc.jsonValue().map(json),
      member,
      member.map((inner) => ({ properties: inner, inner })),
      member.map((inner) => [inner]),
    );
    fc.assert(
      fc.property(place, keyword, data, data, (place, keyword, one, other) => {
        const withData = (value: JsonValue) =>
          definitionText('x', place(Object.fromEntries([[keyword, value]])));
        assert.equal(withData(one) === withData(other), stableJson(one) === stableJson(other));
      }),
    );
  });

  it('counts another keyword added, removed or renamed', () => {
    const bare = { type: 'number', properties: { a: true } };
    for (const changed of [
      { type: 'number' },
      { ...bare, minimum: 0 },
      { ...bare, descriptions: 'x' },
      { type: 'number', Properties: { a: true } },
      { ...bare, properties: { a: false } },
      { ...bare, properties: { b: true } },
      { ...bare, required: [] },
    ]) {
      assert.notEqual(definitionText('x', changed), definitionText('x', bare));
    }
  });

  it('does not see the order of keys, and sees the order of lists', () => {
    assert.equal(
      definitionText('x', { b: 1, a: { d: 1, c: 2 } }),
      definitionText('x', { a: { c: 2, d: 1 }, b: 1 }),
    );
    assert.notEqual(
      definitionText('x', { prefixItems: [{ type: 'string' }, {}] }),
      definitionText('x', { prefixItems: [{}, { type: 'string' }] }),
    );
  });

  it('does not see the order of what is a set', () => {
    const inOrder = {
      required: ['a', 'b'],
      dependentRequired: { a: ['b', 'c'] },
      dependencies: { b: ['c', 'd'] },
      properties: { a: { type: ['null', 'string'] }, required: { const: ['a', 'b'] } },
    };
    const otherwise = {
      required: ['b', 'a'],
      dependentRequired: { a: ['c', 'b'] },
      dependencies: { b: ['d', 'c'] },
      properties: { a: { type: ['string', 'null'] }, required: { const: ['a', 'b'] } },
    };
    assert.equal(definitionText('x', inOrder), definitionText('x', otherwise));
    assert.notEqual(definitionText('x', { const: ['a', 'b'] }), definitionText('x', { const: ['b', 'a'] }));
    // As before in the first version, by which older reviews are kept.
    assert.notEqual(definitionText('x', inOrder, 1), definitionText('x', otherwise, 1));
    assert.equal(definitionText('x', inOrder, 1), definitionText('x', inOrder));
  });

  for (const $ref of [
    '#/default',
    '#/%64efault',
    '#/%64%65fault',
    '#/properties/a/enum/0',
    '#/$defs/a/description',
    '#/%2564efault/../default',
    '#anchor',
    'https://example.com/other',
    '#/%zz',
    'default',
  ]) {
    it(`sees all of a schema in which ${$ref} leads to what else is left out`, () => {
      const schema = (text: string) => ({ $ref, default: { type: text }, description: text, enum: [text] });
      assert.notEqual(definitionText('x', schema('string')), definitionText('x', schema('number')));
    });
  }

  it('leaves out what a plain reference does not reach', () => {
    const schema = (description: string) => ({ description, $ref: '#/$defs/a', $defs: { a: { $ref: '#' } } });
    assert.equal(definitionText('x', schema('one')), definitionText('x', schema('other')));
  });
});

describe('isDrifted', () => {
  it('is another hash than the reviewed one', () => {
    assert.equal(isDrifted('a', 'b'), true);
    assert.equal(isDrifted('a', 'a'), false);
  });

  it('is never so without a review', () => assert.equal(isDrifted(null, 'a'), false));
});

const ignored = fc.constantFrom('description', 'default', 'enum');

/** Ways from a schema's root to a schema inside it, through one keyword after another. */
const place = fc
  .array(
    fc.constantFrom<(inner: JsonValue) => JsonObject>(
      ...['not', 'if', 'then', 'else', 'items', 'additionalItems', 'contains', 'propertyNames'].map(
        (keyword) => (inner: JsonValue) => ({ [keyword]: inner }),
      ),
      ...['additionalProperties', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema'].map(
        (keyword) => (inner: JsonValue) => ({ [keyword]: inner }),
      ),
      ...['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'].map((keyword) => (inner: JsonValue) => ({
        [keyword]: [true, inner],
      })),
      ...[
        'properties',
        'patternProperties',
        '$defs',
        'definitions',
        'dependencies',
        'dependentSchemas',
      ].flatMap((keyword) =>
        ['description', 'default', 'enum', 'properties', 'const', '__proto__'].map(
          (name) => (inner: JsonValue) => ({ [keyword]: Object.fromEntries([[name, inner]]) }),
        ),
      ),
    ),
    { maxLength: 5 },
  )
  .map((ways) => (inner: JsonObject) => ways.reduce((schema: JsonObject, way) => way(schema), inner));

function json(value: unknown): JsonValue {
  return toJson(value);
}
