import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Semaphore } from './semaphore.ts';

const release = (held: Disposable | undefined) => held?.[Symbol.dispose]();

test('so many at once, the others in the order they came', async () => {
  const semaphore = new Semaphore(2);
  const turns: number[] = [];
  const held: Disposable[] = [];
  const takers = [0, 1, 2, 3, 4].map(async (taker) => {
    held.push(await semaphore.acquire());
    turns.push(taker);
  });
  await setImmediate();
  assert.deepEqual(turns, [0, 1]);
  release(held[0]);
  await setImmediate();
  assert.deepEqual(turns, [0, 1, 2]);
  release(held[1]);
  release(held[2]);
  await Promise.all(takers);
  assert.deepEqual(turns, [0, 1, 2, 3, 4]);
});

test('what is released is free for who comes later, and for no more than one, however often it is released', async () => {
  const semaphore = new Semaphore(1);
  const first = await semaphore.acquire();
  release(first);
  release(first);
  const second = await semaphore.acquire();
  let isTaken = false;
  const next = semaphore.acquire().then(() => {
    isTaken = true;
  });
  await setImmediate();
  assert.equal(isTaken, false);
  release(second);
  await next;
});

test('many work, and never too many at once', async () => {
  const semaphore = new Semaphore(3);
  let working = 0;
  let most = 0;
  const work = async () => {
    using _ = await semaphore.acquire();
    most = Math.max(most, ++working);
    await setImmediate();
    working--;
  };
  await Promise.all(Array.from({ length: 100 }, work));
  assert.equal(working, 0);
  assert.equal(most, 3);
});
