import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWorthAsking } from './sessions.ts';

test('the list is read again once for each id that is not in it', () => {
  assert.equal(isWorthAsking([]), false);
  assert.equal(isWorthAsking(['a', 'b']), true);
  assert.equal(isWorthAsking(['b', 'a']), false);
  assert.equal(isWorthAsking(['a', 'c']), true);
  assert.equal(isWorthAsking(['a', 'b', 'c']), false);
});
