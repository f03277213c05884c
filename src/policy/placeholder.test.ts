import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { isPlaceholder } from './placeholder.ts';
import { redactText } from './redact.ts';

/** Joined here, so that no scanner takes the examples for leaks. */
const join = (...parts: string[]) => parts.join('');

test('what only shows a shape is left to be read', () => {
  const keyId = join('AKIA', 'IOSFODNN7EXAMPLE');
  const key = join('tskey-', 'api-', 'A'.repeat(12), '-', 'B'.repeat(24));
  for (const shown of [keyId, key]) {
    assert.ok(isPlaceholder(shown));
    assert.equal(redactText(`set it to ${shown} and go`, []), `set it to ${shown} and go`);
  }
  assert.ok(isPlaceholder(join('figd_', 'aBcDeFgHiJkLmNoPqRsTuV')));
});

test('what somebody drew is not, whatever stands around it', () => {
  for (const encoding of ['hex', 'base64', 'base64url'] as const)
    for (let times = 0; times < 1000; times++) {
      const key = randomBytes(24).toString(encoding);
      for (const text of [key, `abcdef${key}`, `AAAAAAAA${key}`]) assert.ok(!isPlaceholder(text), text);
    }
});

test('a real one beside an example is hidden', () => {
  const real = join('AKIA', '4Q7XN2WPL5VRZ3GT');
  assert.equal(
    redactText(`${join('AKIA', 'IOSFODNN7EXAMPLE')} ${real}`, []),
    `${join('AKIA', 'IOSFODNN7EXAMPLE')} [redacted]`,
  );
});
