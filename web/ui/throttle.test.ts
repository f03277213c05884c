import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { throttled } from './throttle.ts';

function clock(t: TestContext): (ms: number) => Promise<void> {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return async (ms) => {
    t.mock.timers.tick(ms);
    await setImmediate();
  };
}

test('at once, then once for all that came meanwhile, then at once again', async (t) => {
  const pass = clock(t);
  let done = 0;
  const act = throttled(() => (done += 1), 1000);
  act();
  assert.equal(done, 1);
  for (let i = 0; i < 50; i++) act();
  await pass(999);
  assert.equal(done, 1);
  await pass(1);
  assert.equal(done, 2);
  await pass(5000);
  assert.equal(done, 2);
  act();
  assert.equal(done, 3);
});

test('what takes longer than the pause is waited for, and what came meanwhile is not lost', async (t) => {
  const pass = clock(t);
  const rounds: PromiseWithResolvers<void>[] = [];
  const act = throttled(() => {
    const round = Promise.withResolvers<void>();
    rounds.push(round);
    return round.promise;
  }, 1000);
  act();
  act();
  await pass(5000);
  assert.equal(rounds.length, 1);
  rounds[0]?.reject(new Error('one that fails is over too'));
  await setImmediate();
  assert.equal(rounds.length, 2);
});

test('a stop drops what is due', async (t) => {
  const pass = clock(t);
  let done = 0;
  const act = throttled(() => (done += 1), 1000);
  act();
  act();
  act.stop();
  await pass(5000);
  assert.equal(done, 1);
});
