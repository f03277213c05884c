import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Turns } from './turns.ts';

test('pieces are done one at a time, in the order they were asked for', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const piece = (name: string) => async () => {
    order.push(`${name} begins`);
    await setImmediate();
    order.push(`${name} ends`);
    return name;
  };
  assert.deepEqual(await Promise.all([turns.take(piece('a')), turns.take(piece('b'))]), ['a', 'b']);
  assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends']);
});

test('others run between two pieces that wait for nothing', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const pieces = ['a', 'b'].map((name) => turns.take(async () => order.push(name)));
  const other = setImmediate().then(() => order.push('other'));
  await Promise.all([...pieces, other]);
  assert.deepEqual(order.slice(0, 3), ['a', 'other', 'b']);
});

test('one that fails says so, and the next is done', async () => {
  const turns = new Turns();
  const failed = turns.take(async () => {
    throw new Error('no');
  });
  const next = turns.take(async () => 'done');
  await assert.rejects(failed, { message: 'no' });
  assert.equal(await next, 'done');
});
