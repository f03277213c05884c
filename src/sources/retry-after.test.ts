import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, retryAfterMs } from './retry-after.ts';

const now = Date.UTC(2026, 0, 1, 12);

/** Headers, and how many milliseconds from now they mean. */
const cases: readonly (readonly [Record<string, string>, number | undefined])[] = [
  [{}, undefined],
  [{ 'retry-after': '40' }, 40_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after': 'Thu, 01 Jan 2026 12:00:40 GMT' }, 40_000],
  [{ 'retry-after': 'Thursday, 01-Jan-26 12:00:40 GMT' }, 40_000],
  [{ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'Thu, 01 Jan 2099 12:00:00 GMT' }, undefined],
  ...['-5', '1e9', '999999999', 'Infinity', 'NaN', 'soon', '', '0x10', '9'.repeat(50)].map(
    (odd) => [{ 'retry-after': odd }, undefined] as const,
  ),
  [{ 'x-ratelimit-requests-reset': `${now + 40_000}` }, 40_000],
  [{ 'x-ratelimit-requests-reset': `${now - 40_000}` }, 0],
  [{ 'x-ratelimit-requests-reset': `${(now + 40_000) * 1000}` }, undefined],
  [
    {
      'x-ratelimit-requests-remaining': '900',
      'x-ratelimit-requests-reset': `${now + 1_800_000}`,
      'x-ratelimit-complexity-remaining': '0',
      'x-ratelimit-complexity-reset': `${now + 20_000}`,
    },
    20_000,
  ],
  [
    {
      'x-ratelimit-endpoint-requests-reset': `${now + 7000}`,
      'x-ratelimit-endpoint-requests-remaining': '0',
    },
    7000,
  ],
  [{ 'x-sentry-rate-limit-reset': `${now / 1000 + 3}` }, 3000],
  [{ 'retry-after': '5', 'x-sentry-rate-limit-reset': `${now / 1000 + 3}` }, 5000],
  [{ 'retry-after': 'soon', 'x-sentry-rate-limit-reset': `${now / 1000 + 3}` }, 3000],
];

for (const [headers, ms] of cases)
  test(`${JSON.stringify(headers)} means ${ms} ms`, () => {
    assert.equal(retryAfterMs(new Headers(headers), now), ms);
  });

test('a duration is rounded up to what a person would say', () => {
  assert.deepEqual([0, 1, 40_000, 120_000, 121_000, 3_600_000, 8_000_000, 86_400_000].map(duration), [
    '1 s',
    '1 s',
    '40 s',
    '120 s',
    '3 min',
    '60 min',
    '3 h',
    '24 h',
  ]);
});
