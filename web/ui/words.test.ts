import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, sessionName } from './words.ts';

test('one is one, and others are several', () => {
  assert.equal(counted(1, 'tool'), '1 tool');
  assert.equal(counted(0, 'tool'), '0 tools');
  assert.equal(counted(12_345, 'request'), '12,345 requests');
});

test('a session without a name goes by the end of its id', () => {
  const id = '01936c2e-0000-7000-8000-000000abcdef';
  for (const none of [null, undefined]) assert.equal(sessionName(id, none), 'session abcdef');
  assert.equal(sessionName(id, 'nightly'), 'nightly');
});
