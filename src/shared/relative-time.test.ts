import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, duration, inWords, timeLeft } from './relative-time.ts';

const now = Date.UTC(2026, 0, 15, 12);

test('a moment is told in its largest unit', () => {
  const told = [
    0, -59_999, 30_000, -60_000, -3_599_999, -3_600_000, 7_200_000, -86_400_000, -864_000_000, 28_790_000,
  ];
  assert.deepEqual(
    told.map((apart) => ago(now + apart, now)),
    [
      'just now',
      'just now',
      'just now',
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      'in 2 hours',
      'yesterday',
      '10 days ago',
      'in 8 hours',
    ],
  );
});

test('time left counts down to the second, and ends', () => {
  const left = [7_260_000, 3_600_000, 300_999, 60_000, 59_000, 1, 0, -5];
  assert.deepEqual(left.map(timeLeft), [
    '2 h 1 min',
    '1 h 0 min',
    '5:00',
    '1:00',
    '0:59',
    '0:00',
    'expired',
    'expired',
  ]);
});

test('durations have the unit that suits them', () => {
  assert.deepEqual([7, 999, 1500, 61_000].map(duration), ['7 ms', '999 ms', '1.5 s', '61 s']);
});

test('how long it is, in the largest unit', () => {
  assert.deepEqual([-5, 400, 59_000, 299_000, 7_200_000, 200_000_000].map(inWords), [
    '0 s',
    '0 s',
    '59 s',
    '4 min',
    '2 h',
    '2 d',
  ]);
});
