import { defaultTtlSeconds, type Session } from '../../contract/sessions.ts';
import { isoTime, isoTimeOrNull } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { newToken, tokenHash } from '../../lib/tokens.ts';
import { findAgentSession, insertAgentSession, listAgentSessions } from '../../store/agent-sessions.ts';
import { findAutomation } from '../../store/automations.ts';
import { findSessionPolicy, type SessionWithPolicy } from '../../store/session-policy.ts';
import { listRefusals, listRefusalsFrom } from '../../store/session-refusals.ts';
import type { AgentSessionRow, SessionRefusalRow } from '../../store/tables.ts';
import type { Caller, SessionScope, UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { addGrant, ending } from './grants.ts';

export interface NewSession {
  readonly name?: string | undefined;
  readonly automationId?: string | undefined;
  readonly ttlSeconds?: number | undefined;
}

/**
 * Opens a session for an agent; one that a token opens lasts no longer than the token. The session's own token is in no other answer.
 * Throws `not_found` for an automation that is not theirs, and `expired` where what it comes from has ended.
 */
export async function createSession(
  gateway: Gateway,
  caller: UserCaller,
  wanted: NewSession,
): Promise<{ session: Session; token: Secret }> {
  const { organizationId, userId } = caller;
  if (wanted.automationId !== undefined) {
    const automation = await findAutomation(gateway.store.db, organizationId, wanted.automationId);
    if (automation === undefined) throw notFound('automation');
  }
  const token = newToken('session');
  const now = gateway.clock();
  const wantedUntil = now + (wanted.ttlSeconds ?? defaultTtlSeconds) * 1000;
  const id = newId();
  const parentId = caller.credential?.id ?? null;
  const row = await gateway.store.write(async (tx) => {
    const grant = { id, kind: 'agent_session', user_id: userId, organizationId, parentId } as const;
    const until = await addGrant(tx, { ...grant, scopes: ['ask'], expiresAt: wantedUntil }, now);
    const row: AgentSessionRow = {
      id,
      organization_id: organizationId,
      automation_id: wanted.automationId ?? null,
      name: wanted.name ?? null,
      token_hash: tokenHash(token.reveal()),
      created_by: userId,
      created_at: now,
      expires_at: until ?? wantedUntil,
      revoked_at: null,
    };
    await insertAgentSession(tx, row);
    return row;
  });
  return { session: toSession(row, []), token };
}

export async function listSessions(gateway: Gateway, caller: UserCaller): Promise<Session[]> {
  const { db } = gateway.store;
  const rows = await listAgentSessions(db, caller.organizationId);
  const oldest = rows.at(-1);
  if (oldest === undefined) return [];
  const refusals = await listRefusalsFrom(db, caller.organizationId, oldest.id);
  const bySession = Map.groupBy(refusals, (one) => one.session_id);
  return rows.map((row) => toSession(row, bySession.get(row.id) ?? []));
}

/**
 * From now on the token is nobody's, what the session had waiting is denied, and what was kept of its results is dropped. Its
 * owner may, and an admin.
 */
export async function revokeSession(gateway: Gateway, caller: UserCaller, id: string): Promise<Session> {
  const found = await findAgentSession(gateway.store.db, caller.organizationId, id);
  const allowed = caller.role !== 'member' || found?.created_by === caller.userId;
  if (found === undefined || !allowed) throw notFound('session of yours');
  const why = 'the session was revoked';
  const session = await ending(gateway, { by: caller.userId, why }, async (tx, { takeAway }) => {
    await takeAway([id]);
    return findAgentSession(tx, caller.organizationId, id);
  });
  if (session === undefined) throw notFound('session of yours');
  return toSession(session, await listRefusals(gateway.store.db, id));
}

/**
 * A session as those see it who may read it: the agent its own, a user every one of the organization.
 * Throws `not_found` for all others, so that nobody learns which exist.
 */
export async function readableSession(gateway: Gateway, caller: Caller, id: string): Promise<SessionScope> {
  if (caller.kind === 'session') {
    if (caller.sessionId !== id) throw notFound('session');
    return caller;
  }
  const found = await findSessionPolicy(gateway.store.db, caller.organizationId, id);
  if (found === undefined) throw notFound('session');
  return scopeOf(found);
}

export async function getSession(gateway: Gateway, caller: UserCaller, id: string): Promise<Session> {
  const row = await findAgentSession(gateway.store.db, caller.organizationId, id);
  if (row === undefined) throw notFound('session');
  return toSession(row, await listRefusals(gateway.store.db, id));
}

export function scopeOf({ row, policy }: SessionWithPolicy): SessionScope {
  return {
    sessionId: row.id,
    organizationId: row.organization_id,
    automationId: row.automation_id,
    userId: row.created_by,
    policy,
  };
}

function toSession(row: AgentSessionRow, refusals: readonly SessionRefusalRow[]): Session {
  return {
    id: row.id,
    organizationId: row.organization_id,
    automationId: row.automation_id,
    name: row.name,
    createdBy: row.created_by,
    createdAt: isoTime(row.created_at),
    expiresAt: isoTime(row.expires_at),
    revokedAt: isoTimeOrNull(row.revoked_at),
    refusals: refusals.map(({ code, count, last_at }) => ({ code, count, lastAt: isoTime(last_at) })),
  };
}
