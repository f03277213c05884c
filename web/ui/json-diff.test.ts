import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { changesBetween, changesSinceReview } from './json-diff.ts';

test('what came, went, and changed is named by where it is', () => {
  const before = { type: 'object', properties: { path: { type: 'string' }, old: {} }, required: ['path'] };
  const after = {
    type: 'object',
    properties: { path: { type: 'number' }, 'a/b~c': true },
    required: ['path', 'a/b~c'],
  };
  assert.deepEqual(changesBetween(before, after), [
    { path: '/properties/a~1b~0c', after: true },
    { path: '/properties/old', before: {} },
    { path: '/properties/path/type', before: 'string', after: 'number' },
    { path: '/required', before: ['path'], after: ['path', 'a/b~c'] },
  ]);
});

test('the comparison that the random values are held against tells an empty list from an empty object', () => {
  assert.notDeepEqual(sorted([]), sorted({}));
  assert.notDeepEqual(sorted([['a', 1]]), sorted({ a: 1 }));
  assert.deepEqual(sorted({ a: [1], b: {} }), sorted({ b: {}, a: [1] }));
});

test('another kind of value is a change of the whole', () => {
  assert.deepEqual(changesBetween({}, []), [{ path: '', before: {}, after: [] }]);
  assert.deepEqual(changesBetween(null, 0), [{ path: '', before: null, after: 0 }]);
});

test('members that objects have anyway are members like others', () => {
  assert.deepEqual(changesBetween({}, JSON.parse('{"__proto__":1,"constructor":2}')), [
    { path: '/__proto__', after: 1 },
    { path: '/constructor', after: 2 },
  ]);
});

test('a value does not differ from itself; two that differ have a change', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      assert.deepEqual(changesBetween(value, structuredClone(value)), []),
    ),
  );
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
      assert.equal(changesBetween(a, b).length === 0, isSame);
    }),
  );
});

/** The same for values that are equal, whatever the order of their members. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { members: members.map(([name, member]) => [name, sorted(member)]) };
}

const params = { type: 'object', properties: { path: { type: 'string', enum: ['a'] } } };
const reviewed = { by: 'ada', at: '2026-01-01T00:00:00.000Z', description: 'Reads.', params };

test('nothing is compared with what was not kept', () => {
  assert.equal(changesSinceReview({ description: 'Reads.', params, reviewed: null }), undefined);
});

test('what is as it was has no changes, in whatever order its members stand', () => {
  const reordered = { properties: { path: { enum: ['a'], type: 'string' } }, type: 'object' };
  assert.deepEqual(changesSinceReview({ description: 'Reads.', params: reordered, reviewed }), []);
});

test('what does not count as drift is a change all the same', () => {
  const now = {
    type: 'object',
    properties: { path: { type: 'string', enum: ['a', 'b'], default: 'b', description: 'Send it all.' } },
  };
  assert.deepEqual(changesSinceReview({ description: 'Reads, and sends.', params: now, reviewed }), [
    { path: '/description', before: 'Reads.', after: 'Reads, and sends.' },
    { path: '/parameters/properties/path/default', after: 'b' },
    { path: '/parameters/properties/path/description', after: 'Send it all.' },
    { path: '/parameters/properties/path/enum', before: ['a'], after: ['a', 'b'] },
  ]);
});
