import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { listOf, optional, shownList } from './list-of.ts';

test('of a list that is too long, the rest is not looked at', () => {
  let looked = 0;
  const item = z.custom(() => {
    looked++;
    return true;
  });
  assert.deepEqual(listOf(item, 3).parse([1, 2, 3]), { items: [1, 2, 3], leftOut: null });
  assert.equal(looked, 3);
  assert.deepEqual(listOf(item, 3).parse([1, 2, 3, 4]), {
    items: [1, 2, 3],
    leftOut: '1 of 4 left out: 1 beyond the first 3.',
  });
  assert.equal(looked, 6);
});

test('anything but a list is refused', () => {
  for (const odd of [{ length: 1 }, null, undefined, 'abc', 7, {}])
    assert.equal(listOf(z.unknown()).safeParse(odd).success, false);
});

test('an element that does not fit is left out and counted, and the others stay', () => {
  const item = z.object({ id: z.string(), name: optional(z.string()) });
  const read = listOf(item).parse([{ id: 'a', name: 7 }, null, 'x', [], { name: 'no id' }, { id: 'b' }]);
  assert.deepEqual(
    shownList('things', read, ({ id }) => id),
    {
      things: ['a', 'b'],
      thingsLeftOut: '4 of 6 left out: 3 not an object, 1 no "id" that can be read.',
    },
  );
  assert.deepEqual(shownList('things', listOf(item).parse([{ id: 'a' }])), {
    things: [{ id: 'a', name: null }],
  });
});
