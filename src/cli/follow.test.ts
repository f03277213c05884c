import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Client } from './client.ts';
import type { OpenEvents } from './event-stream.ts';
import { type Answer, fakeGateway, refusal } from './fixtures/fake-gateway.ts';
import { completed, pending } from './fixtures/recorded.ts';
import { followed } from './follow.ts';

const pace = { slice: 20_000, grace: 5000, pause: 0, patience: 60_000 };

const noEvents: OpenEvents = async () => undefined;

/** Answers one after the other; the last again and again. */
async function answering(t: TestContext, answers: readonly Answer[]) {
  const left = [...answers];
  const gateway = await fakeGateway(t, {
    [`GET /actions/invocations/${pending.id}`]: () => (left.length > 1 ? left.shift() : left[0]) ?? 'cut',
  });
  return {
    gateway,
    agent: { client: new Client(gateway.url, undefined), actions: '/actions', events: '/events' },
  };
}

test('asks in slices until the status is final', async (t) => {
  const { gateway, agent } = await answering(t, [
    [200, { invocation: pending }],
    [200, { invocation: { ...pending, status: 'executing' } }],
    [200, { invocation: completed }],
  ]);
  assert.deepEqual(await followed(agent, pending, Number.POSITIVE_INFINITY, pace, noEvents), completed);
  assert.deepEqual(
    gateway.log,
    Array.from({ length: 3 }, () => `GET /actions/invocations/${pending.id}?wait=20.0`),
  );
});

test('a lost connection and a gateway that restarts are waited out', async (t) => {
  const { agent } = await answering(t, [
    'cut',
    [503, refusal('unavailable', 'Stopping.')],
    'cut',
    [200, { invocation: completed }],
  ]);
  assert.equal(
    (await followed(agent, pending, Number.POSITIVE_INFINITY, pace, noEvents)).status,
    'completed',
  );
});

test('a gateway that stays away is given up', async (t) => {
  const { agent } = await answering(t, ['cut']);
  await assert.rejects(
    followed(agent, pending, Number.POSITIVE_INFINITY, { ...pace, patience: 0 }, noEvents),
    {
      code: 'unreachable',
    },
  );
});

test('a refusal is final', async (t) => {
  const { gateway, agent } = await answering(t, [
    [401, refusal('unauthenticated', 'This session has expired.')],
  ]);
  await assert.rejects(followed(agent, pending, Number.POSITIVE_INFINITY, pace, noEvents), {
    code: 'unauthenticated',
    message: 'This session has expired.',
  });
  assert.equal(gateway.log.length, 1);
});

test('after its time it stops waiting, and says how to go on', async (t) => {
  const { agent } = await answering(t, [[200, { invocation: pending }]]);
  await assert.rejects(followed(agent, pending, 0, pace), {
    code: 'timeout',
    message: `It is still pending after 0 s, and goes on without this command. \`assent actions status ${pending.id}\` says what becomes of it.`,
  });
});

/** A stream that is open until it has said so often that something happened. */
function eventsThatCome(times: number) {
  const stream = { left: times, closed: false };
  const open: OpenEvents = async () => ({
    get isOpen() {
      return stream.left > 0;
    },
    change: async () => {
      stream.left--;
    },
    close: () => {
      stream.closed = true;
    },
  });
  return { stream, open };
}

test('with events it asks when they come, at once and without making the gateway wait', async (t) => {
  const { gateway, agent } = await answering(t, [
    [200, { invocation: pending }],
    [200, { invocation: completed }],
  ]);
  const { stream, open } = eventsThatCome(5);
  const slow = { ...pace, pause: 60_000 };
  assert.deepEqual(await followed(agent, pending, Number.POSITIVE_INFINITY, slow, open), completed);
  assert.deepEqual(
    gateway.log,
    Array.from({ length: 2 }, () => `GET /actions/invocations/${pending.id}`),
  );
  assert.deepEqual(stream, { left: 4, closed: true });
});

test('where the events end, it goes on in slices', async (t) => {
  const { gateway, agent } = await answering(t, [
    [200, { invocation: pending }],
    'cut',
    [200, { invocation: completed }],
  ]);
  const { stream, open } = eventsThatCome(1);
  assert.deepEqual(await followed(agent, pending, Number.POSITIVE_INFINITY, pace, open), completed);
  const path = `GET /actions/invocations/${pending.id}`;
  assert.deepEqual(gateway.log, [path, `${path}?wait=20.0`, `${path}?wait=20.0`]);
  assert.equal(stream.closed, true);
});
