import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asked } from './filters.ts';

test('a period is asked for as its beginning', () => {
  const now = Date.parse('2026-11-21T12:00:00.000Z');
  assert.deepEqual(asked({ status: 'failed', last: '24h' }, now), {
    status: 'failed',
    from: '2026-11-20T12:00:00.000Z',
  });
  assert.deepEqual(asked({ text: 'x' }, now), { text: 'x' });
});
