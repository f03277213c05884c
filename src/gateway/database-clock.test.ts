import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseClock } from './database-clock.ts';

function set() {
  const here = { ms: 50 };
  const there = { ahead: 1_000_000, took: 10 };
  const read = async () => {
    here.ms += there.took;
    return here.ms - there.took / 2 + there.ahead;
  };
  return { here, there, clock: databaseClock(read, () => here.ms) };
}

test('the time is that of the database, and goes on by what has passed', async () => {
  const { here, clock } = set();
  const { now } = await clock;
  assert.equal(now(), here.ms + 1_000_000);
  here.ms += 5000;
  assert.equal(now(), here.ms + 1_000_000);
});

test('what the database has drifted is followed', async () => {
  const { here, there, clock } = set();
  const { now, sync } = await clock;
  there.ahead += 7000;
  await sync();
  assert.equal(now(), here.ms + there.ahead);
});

test('a reading that took long changes nothing, and one that fails neither', async () => {
  const { here, there, clock } = set();
  const { now, sync } = await clock;
  there.took = 10_000;
  await sync();
  assert.equal(now(), here.ms + there.ahead);
  const failing = await databaseClock(
    (() => {
      const answers = [async () => 5000, () => Promise.reject(new Error('gone'))];
      return () => answers.shift()?.() ?? Promise.reject(new Error('gone'));
    })(),
    () => 1,
  );
  await assert.rejects(failing.sync());
  assert.equal(failing.now(), 5000);
});
