import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newToken, tokenHash, tokenKind } from './tokens.ts';

test('a token tells its kind, and no two are alike', () => {
  assert.equal(tokenKind(newToken('session').reveal()), 'session');
  assert.equal(tokenKind(newToken('user').reveal()), 'user');
  assert.notEqual(newToken('user').reveal(), newToken('user').reveal());
});

test('what is no token of ours has no kind', () => {
  const token = newToken('user').reveal();
  for (const text of [
    '',
    'ast_u_',
    token.slice(1),
    token.slice(0, -1),
    `${token}a`,
    `${token}\n`,
    token.replace('_u_', '_x_'),
  ]) {
    assert.equal(tokenKind(text), undefined, JSON.stringify(text));
  }
});

test('the stored form is a hash', () => {
  assert.equal(tokenHash('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
