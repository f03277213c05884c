import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '../../src/contract/events.ts';
import type { Invocation } from '../../src/contract/invocation.ts';
import { happeningOf, mostHappenings, withHappening } from './happening.ts';

const invocation: Invocation = {
  id: 'i1',
  organizationId: 'o',
  sessionId: 's',
  automationId: null,
  sourceId: 'slack',
  actionId: 'post_message',
  riskLevel: 'write',
  mode: 'require_approval',
  modeSource: 'inferred_default',
  status: 'pending',
  params: {},
  result: null,
  error: null,
  deniedReason: null,
  expiresAt: null,
  decidedBy: null,
  decidedAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  completedAt: null,
  durationMs: null,
};
const asked: Event = { type: 'action_approval_request', payload: { invocation } };

test('a request is told with the moment when it was made, its end with the one when it ended', () => {
  assert.equal(happeningOf(asked).at, invocation.createdAt);
  const ended = {
    ...invocation,
    status: 'failed',
    error: 'no channel',
    completedAt: '2026-01-01T00:01:00.000Z',
  } as const;
  const told = happeningOf({ type: 'action_completed', payload: { invocation: ended } });
  assert.equal(told.at, ended.completedAt);
  assert.equal(told.reason, 'no channel');
});

test('a denial is told with its reason and the moment of the decision', () => {
  const denied = {
    ...invocation,
    status: 'denied',
    deniedReason: 'not now',
    decidedAt: '2026-01-01T00:02:00.000Z',
  } as const;
  const told = happeningOf({ type: 'action_approval_result', payload: { invocation: denied } });
  assert.deepEqual([told.status, told.reason, told.at], ['denied', 'not now', denied.decidedAt]);
});

test('what comes a second time stands in the log once, and the newest is first', () => {
  const first = withHappening([], happeningOf(asked));
  assert.equal(withHappening(first, happeningOf(asked)), first);
  const second = { ...happeningOf(asked), key: 'another' };
  assert.deepEqual(withHappening(first, second), [second, ...first]);
});

test('the log keeps the newest, and no more than it may hold', () => {
  let log: readonly ReturnType<typeof happeningOf>[] = [];
  for (let index = 0; index <= mostHappenings; index++)
    log = withHappening(log, { ...happeningOf(asked), key: String(index) });
  assert.equal(log.length, mostHappenings);
  assert.equal(log[0]?.key, String(mostHappenings));
});
