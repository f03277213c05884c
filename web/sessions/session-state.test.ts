import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from '../../src/contract/sessions.ts';
import { endOf, stateOf } from './session-state.ts';

const session: Session = {
  id: '01936c2e-0000-7000-8000-000000abcdef',
  organizationId: '01936c2e-0000-7000-8000-000000000001',
  automationId: null,
  name: null,
  createdBy: 'ada',
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-01-01T08:00:00.000Z',
  revokedAt: null,
  refusals: [],
};
const expiresAt = Date.parse(session.expiresAt);

test('a session is live up to the moment when it expires', () => {
  assert.equal(stateOf(session, expiresAt - 1), 'live');
  assert.equal(stateOf(session, expiresAt), 'expired');
});

test('a session that was revoked is that, also after it would have expired', () => {
  const revoked = { ...session, revokedAt: '2026-01-01T02:00:00.000Z' };
  assert.equal(stateOf(revoked, expiresAt - 1), 'revoked');
  assert.equal(stateOf(revoked, expiresAt + 1), 'revoked');
  assert.equal(endOf(revoked), revoked.revokedAt);
});

test('revoking what has expired does not move its end', () => {
  assert.equal(endOf({ ...session, revokedAt: '2026-01-02T00:00:00.000Z' }), session.expiresAt);
  assert.equal(endOf(session), session.expiresAt);
});
