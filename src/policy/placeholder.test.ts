import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlaceholder } from './placeholder.ts';
import { redactText } from './redact.ts';

/** Joined here, so that no scanner takes the examples for leaks. */
const join = (...parts: string[]) => parts.join('');

test('what the documentation of AWS shows is left to be read', () => {
  for (const shown of [join('AKIA', 'IOSFODNN7EXAMPLE'), join('ASIA', 'I44QH8DHBEXAMPLE')]) {
    assert.ok(isPlaceholder(shown));
    assert.equal(redactText(`set it to ${shown} and go`, []), `set it to ${shown} and go`);
  }
});

test('what anybody else made up in the shape of a credential is hidden as one', () => {
  for (const text of [
    join('AKIA', 'IOSFODNN7SECRETS'),
    join('tskey-', 'api-', 'A'.repeat(12), '-', 'B'.repeat(24)),
    join('figd_', 'aBcDeFgHiJkLmNoPqRsT', '1234567890abcdefghij'),
  ])
    assert.equal(redactText(`set it to ${text} and go`, []), 'set it to [redacted] and go');
});

test('a real one beside an example is hidden', () => {
  const real = join('AKIA', '4Q7XN2WPL5VRZ3GT');
  assert.equal(
    redactText(`${join('AKIA', 'IOSFODNN7EXAMPLE')} ${real}`, []),
    `${join('AKIA', 'IOSFODNN7EXAMPLE')} [redacted]`,
  );
});
