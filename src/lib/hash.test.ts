import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedHash, sha256 } from './hash.ts';

test('a keyed hash is HMAC-SHA-256 (RFC 4231, test case 2)', () => {
  const hash = keyedHash(Buffer.from('Jefe'));
  assert.equal(
    hash('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test('without its key a keyed hash cannot be made', () => {
  const text = 'pin 4711';
  const [mine, other] = [keyedHash(new Uint8Array(32)), keyedHash(new Uint8Array(32).fill(1))];
  assert.equal(new Set([mine(text), other(text), sha256(text)]).size, 3);
});
