import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted } from './counted.ts';

test('one is one, and others are several', () => {
  assert.equal(counted(1, 'tool'), '1 tool');
  assert.equal(counted(0, 'tool'), '0 tools');
  assert.equal(counted(12_345, 'request'), '12,345 requests');
});
