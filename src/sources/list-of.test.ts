import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { listOf } from './list-of.ts';

test('a list that is too long is refused before its elements are looked at', () => {
  let looked = 0;
  const item = z.custom(() => {
    looked++;
    return true;
  });
  assert.equal(listOf(item, 3).safeParse([1, 2, 3]).success, true);
  assert.equal(looked, 3);
  assert.equal(listOf(item, 3).safeParse([1, 2, 3, 4]).success, false);
  assert.equal(looked, 3);
  assert.equal(listOf(item).safeParse({ length: 1 }).success, false);
});
