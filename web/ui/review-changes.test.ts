import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesSinceReview } from './review-changes.ts';

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
