import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordFault } from './new-password.ts';

test('a password of 10 to 200 characters, typed twice, is taken', () => {
  for (const length of [10, 200]) {
    const password = 'x'.repeat(length);
    assert.equal(passwordFault(password, password), undefined);
  }
});

test('what is wrong is said: too short, too long, typed otherwise the second time', () => {
  assert.equal(passwordFault('x'.repeat(9), 'x'.repeat(9)), 'A password has at least 10 characters.');
  assert.equal(passwordFault('x'.repeat(201), 'x'.repeat(201)), 'A password has at most 200 characters.');
  assert.equal(
    passwordFault('correct horse', 'correct horsf'),
    'The two are not the same. Type the new password again.',
  );
});
