import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Allowance, type AttemptCount, attempts, waitMs, withOne, withoutOne } from './attempt-count.ts';

const second = 1000;
const allowance: Allowance = {
  free: 3,
  firstWaitMs: 5 * second,
  longestWaitMs: 60 * second,
  forgetMs: 3600 * second,
};
const none: AttemptCount = { nextAt: 0, forgottenAt: 0 };
const start = 1_700_000_000_000;

/** Counts so many, each as soon as it is heard: what is counted then, the time, and the waits after each. */
function wrong(times: number, from = none, at = start) {
  let [count, now] = [from, at];
  const waits: number[] = [];
  for (let tries = 0; tries < times; tries++) {
    count = withOne(count, allowance, now);
    const wait = waitMs(count, allowance, now);
    waits.push(wait / second);
    now += wait;
  }
  return { count, now, waits };
}

describe('a count of wrong tries', () => {
  test('makes nobody wait at first, then longer and longer, up to a bound', () => {
    assert.deepEqual(wrong(9).waits, [0, 0, 5, 10, 20, 40, 60, 60, 60]);
  });

  test('forgets one after the other', () => {
    const { count } = wrong(2);
    const later = (hours: number) => attempts(count, allowance, start + hours * 3600 * second);
    assert.deepEqual([later(0), later(0.5), later(1), later(1.5), later(2)], [2, 2, 1, 1, 0]);
    assert.deepEqual(wrong(1, count, start + 3600 * second).waits, [0]);
  });

  test('is no higher after a month of tries than what waits longest', () => {
    const { count, now } = wrong(30 * 24 * 60);
    assert.equal(attempts(count, allowance, now), 3 + 4);
  });

  test('that a right try is taken out of is what it was', () => {
    for (const before of [0, 1, 2, 3, 6, 40]) {
      const { count, now } = wrong(before);
      const added = withOne(count, allowance, now);
      const back = withoutOne(added, added, allowance, now);
      assert.equal(back.forgottenAt, Math.max(count.forgottenAt, now), `${before}`);
      assert.equal(waitMs(back, allowance, now), 0, `${before}`);
    }
  });

  test('keeps the wait that others have made meanwhile', () => {
    const { count, now } = wrong(4);
    const right = withOne(count, allowance, now);
    const other = withOne(right, allowance, right.nextAt);
    const back = withoutOne(other, right, allowance, right.nextAt);
    assert.equal(back.nextAt, other.nextAt);
    assert.equal(attempts(back, allowance, now), 5);
  });

  test('makes nobody wait for a clock that was set back', () => {
    const { count } = wrong(9);
    const earlier = start - 24 * 3600 * second;
    assert.equal(waitMs(count, allowance, earlier), 0);
    assert.equal(attempts(withOne(count, allowance, earlier), allowance, earlier), 3 + 4);
  });
});
