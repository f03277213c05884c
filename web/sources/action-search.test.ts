import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readActionSearch } from './action-search.ts';

test('an address says what is shown', () => {
  assert.deepEqual(readActionSearch({ text: 'issue', show: 'review' }), { text: 'issue', show: 'review' });
  assert.deepEqual(readActionSearch({ show: 'set' }), { show: 'set' });
  assert.deepEqual(readActionSearch({ text: 404 }), { text: '404' });
});

test('whatever else stands in an address is passed over', () => {
  for (const search of [
    {},
    { text: '' },
    { text: {} },
    { text: ['a'] },
    { show: 'all' },
    { show: 1, other: 'x' },
  ])
    assert.deepEqual(readActionSearch(search), {}, JSON.stringify(search));
  assert.equal(readActionSearch({ text: 'x'.repeat(1000) }).text?.length, 200);
});
