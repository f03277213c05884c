import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isLargerThan, type JsonValue, parseJson, stableJson, toJson, tryParseJson } from './json.ts';

test('equal values have equal text, whatever the order of their keys', () => {
  assert.equal(stableJson({ b: 1, a: [{ d: 2, c: 3 }] }), stableJson({ a: [{ c: 3, d: 2 }], b: 1 }));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // fast-check's JSON values are ours.
      const json = value as JsonValue;
      assert.deepEqual(parseJson(stableJson(json)), parseJson(JSON.stringify(json)));
    }),
  );
});

test('an own key called __proto__ is data', () => {
  assert.equal(stableJson(parseJson('{"__proto__":{"x":1}}')), '{"__proto__":{"x":1}}');
});

test('what JSON cannot hold is refused, what it drops is gone', () => {
  assert.deepEqual(toJson({ a: undefined, b: () => 1, c: new Date(0) }), { c: '1970-01-01T00:00:00.000Z' });
  assert.equal(toJson(undefined), null);
  assert.throws(() => toJson({ a: 1n }), TypeError);
});

test('text that is no JSON has no value', () => {
  assert.equal(tryParseJson('{"a":'), undefined);
  assert.equal(tryParseJson('null'), null);
  assert.deepEqual(tryParseJson('[1]'), [1]);
});

test('a value is larger than a number by its characters, its keys and its values', () => {
  const size = (value: JsonValue): number => {
    let most = 0;
    while (isLargerThan(value, most)) most++;
    return most;
  };
  assert.deepEqual([size(null), size(''), size('abc'), size(7)], [1, 0, 3, 1]);
  assert.deepEqual([size([]), size(['ab', 1]), size({ abc: 'de' })], [1, 4, 6]);
  assert.equal(isLargerThan(parseJson('['.repeat(100_000) + ']'.repeat(100_000)), 1000), true);
});
