import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statuses } from '../ui/words.ts';
import { barsOf, type Counts, inWords, presentIn, stackOrder, sumOf, totalOf } from './chart.ts';

const buckets = (...counts: Counts[]) =>
  counts.map((one) => ({ at: '2026-11-21T10:00:00.000Z', counts: one }));

test('knows every status', () => {
  assert.deepEqual(stackOrder.toSorted(), Object.keys(statuses).toSorted());
  const one = Object.fromEntries(stackOrder.map((status) => [status, 1]));
  assert.equal(totalOf(one), stackOrder.length);
  assert.deepEqual(presentIn(one).toSorted(), stackOrder.toSorted());
});

test('the largest bar fills the height, and no other is higher', () => {
  const bars = barsOf(buckets({ completed: 900, failed: 100 }, { completed: 10 }, {}), 72);
  const tops = bars.map((bar) => bar.at(-1)?.y ?? 72);
  assert.ok(Math.abs(tops[0] ?? 72) < 1e-9);
  assert.ok((tops[1] ?? 0) > 0);
  assert.deepEqual(bars[2], []);
});

test('one among thousands is seen, and segments stand on one another', () => {
  const [bar = []] = barsOf(buckets({ completed: 10_000, denied: 1, failed: 1 }), 72);
  assert.deepEqual(
    bar.map(({ status }) => status),
    ['completed', 'denied', 'failed'],
  );
  let ground = 72;
  for (const { y, height } of bar) {
    assert.ok(height >= 2);
    assert.ok(Math.abs(y + height - ground) < 1e-9);
    ground = y;
  }
  assert.ok(ground >= -1e-9);
});

test('a single request is no tower', () => {
  const [[only] = []] = barsOf(buckets({ failed: 1 }), 72);
  assert.ok(only !== undefined && only.height < 36);
});

test('sums and words', () => {
  const sum = sumOf(buckets({ completed: 1200, failed: 1 }, { failed: 2, pending: 1 }));
  assert.deepEqual(sum, { completed: 1200, failed: 3, pending: 1 });
  assert.equal(inWords(sum), '1,200 completed, 3 failed, 1 waiting');
  assert.equal(inWords({}), 'nothing');
});
