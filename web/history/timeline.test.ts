import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Act } from '../../src/contract/acts.ts';
import type { Invocation } from '../../src/contract/invocation.ts';
import { type StepKind, stepsOf, waitedMs } from './timeline.ts';
import { whyNot } from './why.ts';

const at = (second: number) => `2026-11-21T10:00:${String(second).padStart(2, '0')}.000Z`;

const allowed: Invocation = {
  id: '01a1fed7-2cd1-755c-947d-85091549c497',
  organizationId: 'o',
  sessionId: 's',
  automationId: null,
  sourceId: 'test',
  actionId: 'look',
  riskLevel: 'read',
  mode: 'allow',
  modeSource: 'inferred_default',
  status: 'completed',
  params: {},
  result: {},
  error: null,
  deniedReason: null,
  expiresAt: null,
  decidedBy: null,
  decidedAt: null,
  createdAt: at(0),
  completedAt: at(3),
  durationMs: 2000,
};
const waiting: Invocation = {
  ...allowed,
  mode: 'require_approval',
  status: 'pending',
  expiresAt: at(59),
  completedAt: null,
  durationMs: null,
};
const approved: Invocation = { ...waiting, status: 'approved', decidedBy: 'u', decidedAt: at(5) };
const denied: Invocation = { ...allowed, status: 'denied', durationMs: null };

const histories: readonly (readonly [what: string, one: Invocation, steps: readonly StepKind[]])[] = [
  ['allowed and completed', allowed, ['asked', 'allowed', 'started', 'completed']],
  ['failed', { ...allowed, status: 'failed', error: 'no' }, ['asked', 'allowed', 'started', 'failed']],
  [
    'running',
    { ...allowed, status: 'executing', completedAt: null, durationMs: null },
    ['asked', 'allowed', 'running'],
  ],
  ['waiting', waiting, ['asked', 'waits']],
  ['approved', approved, ['asked', 'approved', 'about_to_run']],
  [
    'approved and completed',
    { ...approved, status: 'completed', completedAt: at(7), durationMs: 1000 },
    ['asked', 'approved', 'started', 'completed'],
  ],
  ['expired', { ...waiting, status: 'expired', completedAt: at(59) }, ['asked', 'expired']],
  ['denied by policy', { ...denied, mode: 'deny' }, ['asked', 'denied_by_policy']],
  ['denied by a person', { ...denied, decidedBy: 'u', decidedAt: at(3) }, ['asked', 'denied_by_person']],
  [
    'cut off before it ran',
    { ...approved, status: 'failed', error: 'interrupted_before_execution', completedAt: at(9) },
    ['asked', 'approved', 'not_run'],
  ],
  [
    'cut off while it ran',
    { ...allowed, status: 'failed', error: 'interrupted_outcome_unknown' },
    ['asked', 'allowed', 'started', 'outcome_unknown'],
  ],
  [
    'a source that was asked and says it was not',
    { ...allowed, status: 'failed', error: 'interrupted_before_execution' },
    ['asked', 'allowed', 'started', 'failed'],
  ],
];

for (const [what, one, steps] of histories) {
  test(`the steps of one ${what}`, () =>
    assert.deepEqual(
      stepsOf(one).map(({ kind }) => kind),
      steps,
    ));
}

test('it began as long before its end as it took', () => {
  assert.deepEqual(stepsOf(allowed).slice(2), [
    { kind: 'started', at: at(1) },
    { kind: 'completed', at: at(3) },
  ]);
});

test('how long it waited', () => {
  assert.equal(waitedMs(approved), 5000);
  assert.equal(waitedMs({ ...waiting, status: 'expired', completedAt: at(59) }), 59_000);
  assert.equal(waitedMs(waiting), null);
  assert.equal(waitedMs(allowed), null);
});

test("why it was not done: policy's own words only where policy spoke", () => {
  const byPolicy = { ...denied, mode: 'deny', deniedReason: 'denied by policy (inferred_default)' } as const;
  assert.equal(whyNot(byPolicy), 'Policy: Deny, inferred from its risk');
  assert.equal(whyNot({ ...byPolicy, decidedBy: 'u' }), 'denied by policy (inferred_default)');
  assert.equal(whyNot({ ...byPolicy, deniedReason: 'unknown_mode:x' }), 'unknown_mode:x');
  assert.equal(whyNot({ ...allowed, status: 'failed', error: 'no' }), 'no');
  assert.match(
    whyNot({ ...allowed, status: 'failed', error: 'interrupted_outcome_unknown' }) ?? '',
    /^may have been done/,
  );
  assert.equal(whyNot(allowed), null);
});

test('who revealed what would run stands among the steps, when they did', () => {
  const act = (second: number, name: string): Act => ({
    id: name,
    kind: 'reveal',
    by: { id: name, name },
    credential: null,
    subject: null,
    before: null,
    after: null,
    at: at(second),
  });
  const looks = [act(4, 'second'), act(2, 'first')];
  const shown = (one: Invocation) => stepsOf(one, looks).map((step) => step.act?.id ?? step.kind);
  assert.deepEqual(shown(waiting), ['asked', 'first', 'second', 'waits']);
  assert.deepEqual(shown(approved), ['asked', 'first', 'second', 'approved', 'about_to_run']);
  assert.deepEqual(shown({ ...approved, decidedAt: at(3) }), [
    'asked',
    'first',
    'approved',
    'second',
    'about_to_run',
  ]);
});
