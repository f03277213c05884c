import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leftoverModes } from './leftover.ts';

test('what is set for this source and is not offered by it is left over', () => {
  const stored = {
    'connector:1:read': 'allow',
    'connector:1:gone': 'deny',
    'connector:1:odd:name': 'permit',
    'connector:12:gone': 'allow',
    'linear:read': 'allow',
  };
  assert.deepEqual(leftoverModes('connector:1', [{ id: 'read' }], stored), [
    { actionId: 'gone', text: 'deny' },
    { actionId: 'odd:name', text: 'permit' },
  ]);
  assert.deepEqual(leftoverModes('slack', [], stored), []);
});
