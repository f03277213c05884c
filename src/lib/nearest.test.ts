import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearest } from './nearest.ts';

test('a misspelt name finds the one that was meant', () => {
  assert.deepEqual(nearest('create_isue', ['create_issue', 'update_issue', 'get_issue']).slice(0, 1), [
    'create_issue',
  ]);
  assert.deepEqual(nearest('LIST', ['list', 'run']), ['list']);
});

test('nothing near is nothing said', () => {
  assert.deepEqual(nearest('zzz', ['create_issue']), []);
  assert.equal(didYouMean('zzz', ['create_issue']), '');
  assert.equal(didYouMean('lst', ['list', 'last']), ' Did you mean "list" or "last"?');
});
