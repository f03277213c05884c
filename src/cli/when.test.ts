import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localTime, seconds, wholeNumber } from './when.ts';

test('a duration has a number and a unit', () => {
  assert.deepEqual(
    ['90s', '30m', '8h', '7d'].map((text) => seconds('--ttl', text)),
    [90, 1800, 28_800, 604_800],
  );
  for (const text of ['8', 'h', '-1h', '1.5h', '8 h', '8H', '1h30m', '']) {
    assert.throws(() => seconds('--ttl', text), {
      code: 'usage',
      message: `--ttl is "${text}". Give a number with a unit: 90s, 30m, 8h or 7d.`,
    });
  }
});

test('a whole number has a least', () => {
  assert.equal(wholeNumber('--limit', '10', 1), 10);
  for (const text of ['0', '-1', '1e3', '1.5', 'x', '']) {
    assert.throws(() => wholeNumber('--limit', text, 1), {
      code: 'usage',
      message: `--limit is "${text}". Give a whole number from 1.`,
    });
  }
});

test('a moment is shown in the time zone of this machine', () => {
  const at = new Date(2026, 0, 2, 3, 4, 5);
  assert.equal(localTime(at.toISOString()), '2026-01-02 03:04:05');
});
