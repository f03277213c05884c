import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { mapInTurns, stepsInTurns } from './in-turns.ts';
import type { Steps } from './steps.ts';

/** Holds the process for longer than a turn lasts. */
function heavy(): void {
  const until = performance.now() + 11;
  while (performance.now() < until);
}

test('everything is done, in order', async () => {
  assert.deepEqual(await mapInTurns([1, 2, 3], (one) => one * 2), [2, 4, 6]);
  assert.deepEqual(await mapInTurns([], heavy), []);
});

test('others run between heavy items, and two works go by turns', async () => {
  const order: string[] = [];
  const work = (name: string) =>
    mapInTurns([1, 2], (one) => {
      heavy();
      order.push(`${name}${one}`);
    });
  const both = Promise.all([work('a'), work('b')]);
  await setImmediate();
  await setImmediate();
  const then = order.length;
  await both;
  assert.deepEqual(order, ['a1', 'b1', 'a2', 'b2']);
  assert.ok(then < 4, `${then} were done before others had a turn`);
});

test('what one item throws is thrown, and the rest is not done', async () => {
  let calls = 0;
  const failing = mapInTurns([1, 2], () => {
    calls++;
    throw new RangeError('no');
  });
  await assert.rejects(failing, RangeError);
  assert.equal(calls, 1);
});

test('work that pauses by itself lets others run, and gives what it comes to', async () => {
  function* work(): Steps<string> {
    for (let step = 0; step < 3; step++) {
      heavy();
      yield;
    }
    return 'done';
  }
  let others = 0;
  const watch = (async () => {
    while (others < 3) {
      await setImmediate();
      others++;
    }
  })();
  assert.equal(await stepsInTurns('a', work()), 'done');
  assert.ok(others >= 2, `others ran ${others} times`);
  await watch;
});

test('what a step throws is thrown, and no further step is taken', async () => {
  let steps = 0;
  function* work(): Steps<never> {
    steps++;
    yield;
    throw new RangeError('no');
  }
  await assert.rejects(stepsInTurns('a', work()), RangeError);
  assert.equal(steps, 1);
});
