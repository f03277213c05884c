import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { systemMessage } from './system-message.ts';

function thrown(attempt: () => unknown): Error {
  try {
    attempt();
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
  return assert.fail('nothing was thrown');
}

test('a failed system call says what C would say, without the call and its path', () => {
  assert.equal(systemMessage(thrown(() => statSync('/nowhere/at/all'))), 'No such file or directory');
  assert.equal(systemMessage(thrown(() => execFileSync('/'))), 'Permission denied');
});

test('what is no system call says what it says', () => {
  assert.equal(systemMessage(new TypeError('text that cannot be passed')), 'Text that cannot be passed');
  assert.equal(systemMessage(new TypeError('')), '');
});
