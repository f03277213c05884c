import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFinal, type Status, statuses, statusWords } from './statuses.ts';

test('an invocation that waits, or runs, is not at its end', () => {
  assert.deepEqual(
    statuses.filter((status) => !isFinal(status)),
    ['pending', 'approved', 'executing'],
  );
});

test('every status has a word of its own', () => {
  assert.deepEqual(Object.keys(statusWords).toSorted(), [...statuses].toSorted());
  assert.equal(new Set(Object.values(statusWords).map(({ word }) => word)).size, statuses.length);
});

test('a status that is not known here, as of a newer gateway, is final', () => {
  // From outside the types, as an answer of a newer gateway is.
  assert.equal(isFinal('archived' as Status), true);
});
