import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Turns } from './turns.ts';

const never = new AbortController().signal;

test('turns are taken one at a time, in the order of asking', async () => {
  const turns = new Turns(10);
  const order: number[] = [];
  let atOnce = 0;
  await Promise.all(
    [1, 2, 3, 4].map(async (who) => {
      const turn = await turns.take(never);
      assert.equal((atOnce += 1), 1);
      await setImmediate();
      order.push(who);
      atOnce -= 1;
      turn?.[Symbol.dispose]();
    }),
  );
  assert.deepEqual(order, [1, 2, 3, 4]);
  assert.ok(turns.isIdle);
});

test('who stops waiting has no turn, and no more may wait than the limit says', async () => {
  const turns = new Turns(2);
  const first = await turns.take(never);
  const leaving = new AbortController();
  const left = turns.take(leaving.signal);
  const second = turns.take(never);
  assert.equal(await turns.take(never), undefined);
  leaving.abort(new Error('enough'));
  await assert.rejects(left, /enough/);
  const third = turns.take(never);
  first?.[Symbol.dispose]();
  (await second)?.[Symbol.dispose]();
  (await third)?.[Symbol.dispose]();
  assert.ok(turns.isIdle);
  await assert.rejects(turns.take(AbortSignal.abort(new Error('late'))), /late/);
});
