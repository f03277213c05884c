import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Token } from '../../../src/contract/tokens.ts';
import { stateOf } from './token-state.ts';

const token: Token = {
  id: '01936c2e-0000-7000-8000-000000000001',
  name: 'build server',
  scopes: ['read'],
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-01-02T00:00:00.000Z',
  revokedAt: null,
};
const expiresAt = Date.parse('2026-01-02T00:00:00.000Z');

test('a token works up to the moment when it expires, or for ever', () => {
  assert.equal(stateOf(token, expiresAt - 1), 'works');
  assert.equal(stateOf(token, expiresAt), 'expired');
  assert.equal(stateOf({ ...token, expiresAt: null }, expiresAt), 'works');
});

test('a token that was revoked is that, whatever else', () => {
  assert.equal(stateOf({ ...token, revokedAt: token.createdAt }, expiresAt + 1), 'revoked');
});
