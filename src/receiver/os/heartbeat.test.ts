import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heartbeat } from './heartbeat.ts';

test('a text is said a byte at a time, ever more slowly', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const times: number[] = [];
  let now = 0;
  let said = '';
  heartbeat('STEP', (part) => {
    said += part;
    times.push(now);
  });
  for (now = 1; now < 10_000; now++) t.mock.timers.tick(1);
  assert.equal(said, 'STEP');
  const waits = times.map((time, at) => time - (times[at - 1] ?? 0));
  assert.equal(waits[0], 100);
  for (const [at, wait] of waits.entries()) {
    const expected = 100 * 1.4 ** at;
    assert.ok(Math.abs(wait - expected) <= 1, `${wait} ms is not ${expected} ms`);
  }
});

test('seventeen bytes last about a minute', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let said = '';
  heartbeat('STEP 0 exec exit=', (part) => {
    said += part;
  });
  for (let now = 0; now < 50_000; now++) t.mock.timers.tick(1);
  assert.ok(said.length < 17, said);
  for (let now = 0; now < 30_000; now++) t.mock.timers.tick(1);
  assert.equal(said, 'STEP 0 exec exit=');
});

test('who stops it is told how much is said, and nothing more is', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let said = '';
  const stop = heartbeat('STEP', (part) => {
    said += part;
  });
  t.mock.timers.tick(100);
  t.mock.timers.tick(140);
  assert.equal(stop(), 2);
  t.mock.timers.tick(10_000);
  assert.equal(said, 'ST');
  assert.equal(stop(), 2);
});

test('stopped at once it has said nothing; stopped at the end, everything', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  assert.equal(heartbeat('STEP', () => assert.fail('it was stopped'))(), 0);
  const stop = heartbeat('AB', () => {});
  for (let now = 0; now < 1000; now++) t.mock.timers.tick(1);
  assert.equal(stop(), 2);
});
