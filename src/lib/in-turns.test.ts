import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { mapInTurns } from './in-turns.ts';

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
