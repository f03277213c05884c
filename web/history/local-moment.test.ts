import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intervalText } from './interval-text.ts';
import { fromLocal, toLocal } from './local-moment.ts';

test('a moment goes into a field and comes back', () => {
  for (const iso of ['2026-11-21T15:41:00.000Z', '2026-01-01T00:00:00.000Z', '2026-07-01T23:59:00.000Z'])
    assert.equal(fromLocal(toLocal(iso)), iso);
});

test('what is no moment is none', () => {
  for (const text of ['', '2026-11-21', '2026-13-01T00:00', '1960-01-01T00:00', '2026-11-21T15:41Z', 'x'])
    assert.equal(fromLocal(text), undefined, text);
});

const cases: readonly (readonly [at: string, to: string, bucketMs: number, text: string])[] = [
  ['2026-11-21T10:00:00Z', '2026-11-22T00:00:00Z', 1_800_000, 'Nov 21, 10:00 to 10:30'],
  ['2026-11-21T12:00:00Z', '2026-12-01T00:00:00Z', 43_200_000, 'Nov 21, 12:00 to Nov 22, 00:00'],
  ['2026-11-21T23:50:00Z', '2026-11-21T23:55:00Z', 3_600_000, 'Nov 21, 23:50 to 23:55'],
  ['2026-11-21T10:00:00Z', '2026-11-21T10:01:00Z', 20_000, 'Nov 21, 10:00:00 to 10:00:20'],
];

for (const [at, to, bucketMs, text] of cases) {
  test(text, () => assert.equal(intervalText(at, { to, bucketMs }, 'en-US-u-hc-h23', 'UTC'), text));
}
