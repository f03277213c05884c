import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { callAfter } from './timer.ts';

const longestMs = 2 ** 31 - 1;

/** How often it was called, and what stops it. */
function calls(t: TestContext, ms: number) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const counted = { count: 0, stop: () => {} };
  counted.stop = callAfter(ms, () => counted.count++);
  return counted;
}

test('it is called when the time is over, once', (t) => {
  const counted = calls(t, 50);
  t.mock.timers.tick(49);
  assert.equal(counted.count, 0);
  t.mock.timers.tick(1);
  assert.equal(counted.count, 1);
  t.mock.timers.tick(longestMs);
  assert.equal(counted.count, 1);
});

test('0 is never', (t) => {
  const counted = calls(t, 0);
  t.mock.timers.tick(longestMs);
  assert.equal(counted.count, 0);
});

// A timer of Node's that is asked for more fires after one millisecond.
test('a time that is longer than a timer can wait is waited for', (t) => {
  const counted = calls(t, 2 * longestMs + 10);
  t.mock.timers.tick(longestMs);
  t.mock.timers.tick(longestMs);
  t.mock.timers.tick(9);
  assert.equal(counted.count, 0);
  t.mock.timers.tick(1);
  assert.equal(counted.count, 1);
});

test('no timer is asked for more than it can wait', (t) => {
  const asked: number[] = [];
  const real = globalThis.setTimeout;
  t.mock.method(globalThis, 'setTimeout', (then: () => void, ms: number) => {
    asked.push(ms);
    return real(then, ms);
  });
  for (const ms of [1, longestMs, longestMs + 1, 2 ** 32 - 1, Number.MAX_SAFE_INTEGER])
    callAfter(ms, () => {})();
  assert.deepEqual(asked, [1, longestMs, longestMs, longestMs, longestMs]);
});

test('what is stopped is not called, in its first wait or a later one', (t) => {
  const counted = calls(t, 2 * longestMs);
  t.mock.timers.tick(longestMs + 1);
  counted.stop();
  t.mock.timers.tick(longestMs);
  assert.equal(counted.count, 0);
  counted.stop();
});
