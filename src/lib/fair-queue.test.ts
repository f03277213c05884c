import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { FairQueue } from './fair-queue.ts';

test('pieces are done one at a time, those of one in the order they were asked for', async () => {
  const turns = new FairQueue();
  const order: string[] = [];
  const piece = (name: string) => async () => {
    order.push(`${name} begins`);
    await setImmediate();
    order.push(`${name} ends`);
    return name;
  };
  const both = [turns.take('ann', piece('a')), turns.take('ann', piece('b'))];
  assert.deepEqual(await Promise.all(both), ['a', 'b']);
  assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends']);
});

test('turns go round: whoever asks for much waits for whoever asks for little', async () => {
  const turns = new FairQueue();
  const order: string[] = [];
  const take = (who: string, number: number) =>
    turns.take(who, async () => {
      order.push(`${who} ${number}`);
    });
  const all = [1, 2, 3, 4].map((number) => take('ann', number));
  all.push(take('bob', 1), take('cid', 1), take('bob', 2));
  await Promise.all(all);
  // Nobody else was there when the first two of them were asked for.
  assert.deepEqual(order, ['ann 1', 'ann 2', 'bob 1', 'cid 1', 'ann 3', 'bob 2', 'ann 4']);
});

test('whoever asks anew at each turn keeps nobody waiting for more than one', async () => {
  const turns = new FairQueue();
  const order: string[] = [];
  const search = async (who: string) => {
    for (let left = 3; left > 0; left--) await turns.take(who, async () => order.push(who));
  };
  await Promise.all([search('ann'), search('ann'), search('bob')]);
  assert.deepEqual(order, ['ann', 'ann', 'bob', 'ann', 'bob', 'ann', 'bob', 'ann', 'ann']);
});

test('others run between two pieces that wait for nothing', async () => {
  const turns = new FairQueue();
  const order: string[] = [];
  const pieces = ['a', 'b'].map((name) => turns.take('ann', async () => order.push(name)));
  const other = setImmediate().then(() => order.push('other'));
  await Promise.all([...pieces, other]);
  assert.deepEqual(order.slice(0, 3), ['a', 'other', 'b']);
});

test('one that fails says so, and the next is done', async () => {
  const turns = new FairQueue();
  const failed = turns.take('ann', async () => {
    throw new Error('no');
  });
  const next = turns.take('ann', async () => 'done');
  await assert.rejects(failed, { message: 'no' });
  assert.equal(await next, 'done');
  const unable = turns.take('ann', () => {
    throw new Error('at once');
  });
  await assert.rejects(unable, { message: 'at once' });
  assert.equal(await turns.take('ann', async () => 'after a rest'), 'after a rest');
});

test('after a long piece the next one comes no sooner than others could do as much', async () => {
  const turns = new FairQueue({ pieces: 1, ms: 0, longestRestMs: 1000 });
  const times: number[] = [];
  const piece = async () => {
    times.push(performance.now());
    const until = performance.now() + 40;
    while (performance.now() < until);
    times.push(performance.now());
  };
  await Promise.all([turns.take('ann', piece), turns.take('bob', piece)]);
  const [, ended = 0, next = 0] = times;
  assert.ok(next - ended >= 39, `${next - ended} ms`);
});

test('several small pieces are done without a break, and others run after them', async () => {
  const turns = new FairQueue({ pieces: 2, ms: 10_000 });
  const order: string[] = [];
  const pieces = ['a', 'b', 'c'].map((name) => turns.take('ann', async () => order.push(name)));
  const other = setImmediate().then(() => order.push('other'));
  await Promise.all([...pieces, other]);
  assert.deepEqual(order, ['a', 'b', 'other', 'c']);
});
