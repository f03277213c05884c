import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Slots } from './semaphore.ts';

test('so many at once, the others in the order they came', async () => {
  const slots = new Slots(2);
  const turns: number[] = [];
  const takers = [0, 1, 2, 3, 4].map((taker) => slots.take().then(() => turns.push(taker)));
  await setImmediate();
  assert.deepEqual(turns, [0, 1]);
  slots.giveBack();
  await setImmediate();
  assert.deepEqual(turns, [0, 1, 2]);
  slots.giveBack();
  slots.giveBack();
  await Promise.all(takers);
  assert.deepEqual(turns, [0, 1, 2, 3, 4]);
});

test('a slot that is given back is free for who comes later, and no more than one', async () => {
  const slots = new Slots(1);
  await slots.take();
  slots.giveBack();
  await slots.take();
  let isTaken = false;
  const next = slots.take().then(() => {
    isTaken = true;
  });
  await setImmediate();
  assert.equal(isTaken, false);
  slots.giveBack();
  await next;
});

test('many work, and never too many at once', async () => {
  const slots = new Slots(3);
  let working = 0;
  let most = 0;
  const work = async () => {
    await slots.take();
    most = Math.max(most, ++working);
    await setImmediate();
    working--;
    slots.giveBack();
  };
  await Promise.all(Array.from({ length: 100 }, work));
  assert.equal(working, 0);
  assert.equal(most, 3);
});
