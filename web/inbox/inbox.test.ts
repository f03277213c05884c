import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Invocation } from '../../src/contract/invocation.ts';
import { matches } from './matches.ts';
import { neighbour } from './neighbour.ts';
import { descriptionsOf } from './param-descriptions.ts';

const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

test('moving stops at the ends of the list', () => {
  assert.deepEqual(
    [neighbour(list, 'a', 1), neighbour(list, 'c', 1), neighbour(list, 'b', -1), neighbour(list, 'a', -1)],
    ['b', undefined, 'a', undefined],
  );
});

test('from one that waits no longer, it begins anew', () => {
  assert.deepEqual([neighbour(list, 'gone', 1), neighbour(list, 'gone', -1)], ['a', 'c']);
  assert.deepEqual([neighbour(list, undefined, 1), neighbour([], 'a', 1)], ['a', undefined]);
});

const request = {
  sourceId: 'linear',
  actionId: 'create_issue',
  sessionId: '0000-1234',
  params: { title: 'Login is slow', labels: ['Bug'] },
  // What is not looked at.
} as unknown as Invocation;

test('a search finds words in any order, in the action, the session and the params', () => {
  for (const search of ['', 'CREATE', 'slow login', 'bug linear', 'nightly', '  title '])
    assert.equal(matches(request, 'nightly', search.trim()), true, search);
  for (const search of ['delete', 'login fast', '0000-1234'])
    assert.equal(matches(request, 'nightly', search), false, search);
  assert.equal(matches(request, undefined, '1234'), true);
});

test('a schema describes its members, and what is no schema describes none', () => {
  const properties = {
    path: { description: 'Where' },
    mode: { description: 3 },
    none: {},
    odd: null,
    empty: { description: '' },
  };
  assert.deepEqual(descriptionsOf({ properties }), { path: 'Where' });
  for (const schema of [
    undefined,
    null,
    'text',
    [],
    {},
    { properties: null },
    { properties: 7 },
    Object.create({ properties }),
  ])
    assert.deepEqual(descriptionsOf(schema), {});
});
