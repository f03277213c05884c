import { equalInConstantTime } from '../../lib/hash.ts';
import { type TokenKind, tokenHash, tokenKind } from '../../lib/tokens.ts';
import { findMembership } from '../../store/members.ts';
import { findSessionPolicyByToken } from '../../store/session-policy.ts';
import { findUserToken } from '../../store/user-tokens.ts';
import type { Caller, SessionCaller, UserCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { parseScopes } from './scopes.ts';
import { scopeOf } from './sessions.ts';

/** Whose a token is. Throws `unauthenticated`; the message tells an expired one from one that never was. */
export async function authenticate(gateway: Gateway, token: string): Promise<Caller> {
  const kind = tokenKind(token);
  if (kind === undefined)
    throw unauthenticated('This is no token of Assent. They begin with ast_s_ or ast_u_.');
  return callerOfToken(gateway, kind, tokenHash(token));
}

/** The same for who has the hash alone: what was let in on a token is asked again whether that still holds. */
export async function callerOfToken(gateway: Gateway, kind: TokenKind, hash: string): Promise<Caller> {
  return byKind[kind](gateway, hash);
}

const byKind: Readonly<Record<TokenKind, (gateway: Gateway, hash: string) => Promise<Caller>>> = {
  session: callerOfSession,
  user: callerOfUserToken,
};

async function callerOfSession(gateway: Gateway, hash: string): Promise<SessionCaller> {
  const found = await findSessionPolicyByToken(gateway.store.db, hash);
  if (found === undefined || !equalInConstantTime(found.row.token_hash, hash)) throw unknownToken();
  refuseEndedSession(found.row, gateway.clock());
  gateway.uses.note(found.row.id, gateway.clock());
  return { kind: 'session', ...scopeOf(found) };
}

async function callerOfUserToken(gateway: Gateway, hash: string): Promise<UserCaller> {
  const row = await findUserToken(gateway.store.db, hash);
  if (row === undefined || !equalInConstantTime(row.token_hash, hash)) throw unknownToken();
  refuseEnded(row, gateway.clock(), 'token', 'Log in again with `assent login`.');
  const caller = await callerOfMember(gateway, row.user_id, row.organization_id);
  gateway.uses.note(row.id, gateway.clock());
  return { ...caller, credential: { kind: 'user_token', id: row.id, scopes: parseScopes(row.scopes) } };
}

/** A signed-in person, in an organization. Throws `unauthenticated` for one who is not (or no longer) its member. */
export async function callerOfMember(
  gateway: Gateway,
  userId: string,
  organizationId?: string,
): Promise<UserCaller> {
  const membership = await findMembership(gateway.store.db, userId, organizationId);
  if (membership === undefined)
    throw unauthenticated('You are not a member of this organization. Ask an owner to invite you.');
  return { kind: 'user', userId, organizationId: membership.organizationId, role: membership.role };
}

/** Throws `unauthenticated`. */
export function refuseEndedSession(row: Ending & { readonly id: string }, now: number): void {
  const next = 'Open a new one with `assent sessions create`.';
  refuseEnded(row, now, 'session', next, { endedSession: row.id });
}

interface Ending {
  readonly revoked_at: number | null;
  readonly expires_at: number | null;
}

function refuseEnded(
  row: Ending,
  now: number,
  what: string,
  next: string,
  details: { readonly endedSession?: string } = {},
): void {
  const refuse = (has: string) =>
    new GatewayError('unauthenticated', `This ${what} has ${has}. ${next}`, details);
  if (row.revoked_at !== null) throw refuse('been revoked');
  if (row.expires_at !== null && row.expires_at <= now) throw refuse('expired');
}

function unknownToken(): GatewayError {
  return unauthenticated(
    'This token is unknown here. Check that it is complete, and that it belongs to this gateway.',
  );
}

export function unauthenticated(message: string): GatewayError {
  return new GatewayError('unauthenticated', message);
}
