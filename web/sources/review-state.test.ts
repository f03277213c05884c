import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reviewState } from './review-state.ts';

const params = { type: 'object', properties: { to: { type: 'string', enum: ['team'] } } };
const reviewed = { by: 'ada', at: '2026-01-01T00:00:00.000Z', description: 'Tells the team.', params };
const action = { description: 'Tells the team.', params, reviewedHash: 'h', drifted: false, reviewed };

test('what is still what somebody saw is reviewed, also where only its hash was kept', () => {
  assert.equal(reviewState(action), 'reviewed');
  assert.equal(reviewState({ ...action, reviewed: null }), 'reviewed');
  assert.equal(reviewState({ ...action, reviewed: null, reviewedHash: null }), 'none');
});

test('what is no drift is told apart from what was looked at', () => {
  assert.equal(reviewState({ ...action, description: 'Tells everybody.' }), 'reworded');
  const wider = { type: 'object', properties: { to: { type: 'string', enum: ['team', 'all'] } } };
  assert.equal(reviewState({ ...action, params: wider }), 'reworded');
  assert.equal(reviewState({ ...action, description: 'Tells everybody.', drifted: true }), 'changed');
});
