import assert from 'node:assert/strict';
import { test } from 'node:test';
import { throttled } from './throttle.ts';

test('at once, then once for all that came meanwhile, then at once again', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const act = throttled(() => (done += 1), 1000);
  act();
  assert.equal(done, 1);
  for (let i = 0; i < 50; i++) act();
  t.mock.timers.tick(999);
  assert.equal(done, 1);
  t.mock.timers.tick(1);
  assert.equal(done, 2);
  t.mock.timers.tick(5000);
  assert.equal(done, 2);
  act();
  assert.equal(done, 3);
});

test('a stop drops what is due', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const act = throttled(() => (done += 1), 1000);
  act();
  act();
  act.stop();
  t.mock.timers.tick(5000);
  assert.equal(done, 1);
});
