import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noRows, withFound } from './found-rows.ts';

test('a row that fits no longer stays until another search is set', () => {
  const first = withFound(noRows, 'set', ['a', 'b']);
  const then = withFound(first, 'set', ['b']);
  assert.equal(then, first);
  assert.deepEqual([...then.ids], ['a', 'b']);
  assert.deepEqual([...withFound(then, 'set, and a text', ['b']).ids], ['b']);
});

test('what fits only now is shown too', () => {
  const first = withFound(noRows, 'set', []);
  assert.deepEqual([...withFound(first, 'set', ['c']).ids], ['c']);
});

test('what is set and taken back is looked at anew', () => {
  const first = withFound(noRows, 'set', ['a', 'b']);
  assert.deepEqual([...withFound(withFound(first, 'all', ['a', 'b']), 'set', ['b']).ids], ['b']);
});
