import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionName } from './session-name.ts';

test('a session without a name goes by the end of its id', () => {
  const id = '01936c2e-0000-7000-8000-000000abcdef';
  for (const none of [null, undefined]) assert.equal(sessionName(id, none), 'session abcdef');
  assert.equal(sessionName(id, 'nightly'), 'nightly');
});
