import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visible } from './visible.ts';

test('odd characters stand by name, the rest as it is', () => {
  assert.equal(visible('deploy \u202egnp.exe'), 'deploy [U+202E]gnp.exe');
  assert.equal(visible('plain: é 日本'), 'plain: é 日本');
  assert.equal(visible(''), '');
});
