import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDeviceSearch, userCodeIn } from './user-code.ts';

test('a code is read however it was typed', () => {
  for (const typed of ['BCDF-GHJK', 'bcdfghjk', ' bcdf ghjk ', 'BCDF--GHJK'])
    assert.equal(userCodeIn(typed), 'BCDF-GHJK', typed);
});

test('what cannot be a code is none', () => {
  for (const typed of ['', 'BCDF', 'BCDF-GHJKL', 'BCDF-GHJ1', '../../tokens', 'ÄÖÜßÄÖÜß'])
    assert.equal(userCodeIn(typed), undefined, typed);
});

test('an address names a code, or nothing', () => {
  assert.deepEqual(readDeviceSearch({ user_code: 'bcdfghjk' }), { user_code: 'BCDF-GHJK' });
  for (const hostile of [undefined, 7, ['BCDF-GHJK'], 'x'])
    assert.deepEqual(readDeviceSearch({ user_code: hostile }), {});
});
