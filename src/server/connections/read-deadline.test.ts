import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { withReadDeadline } from './read-deadline.ts';

async function* two(): AsyncGenerator<string> {
  yield 'a';
  yield 'b';
}

test('whoever takes each part in time gets them all', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const late = mock.fn();
  const taken: string[] = [];
  for await (const part of withReadDeadline(two(), 1000, late)) {
    taken.push(part);
    t.mock.timers.tick(999);
  }
  t.mock.timers.tick(1000);
  assert.deepEqual(taken, ['a', 'b']);
  assert.equal(late.mock.callCount(), 0);
});

test('a part that is not taken in time is told of, once', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const late = mock.fn();
  const parts = withReadDeadline(two(), 1000, late);
  await parts.next();
  t.mock.timers.tick(1000);
  assert.equal(late.mock.callCount(), 1);
  await parts.return(undefined);
});
