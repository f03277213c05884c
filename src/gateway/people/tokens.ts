import type { Token } from '../../contract/tokens.ts';
import { isoTime, isoTimeOrNull } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { newToken, tokenHash } from '../../lib/tokens.ts';
import type { Scope } from '../../shared/user-tokens.ts';
import { defaultTokenSeconds } from '../../shared/user-tokens.ts';
import type { Database } from '../../store/engine/database.ts';
import type { UserTokenRow } from '../../store/tables.ts';
import * as store from '../../store/user-tokens.ts';
import type { UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { addGrant, ending } from './grants.ts';
import { formatScopes, parseScopes, scopesOf } from './scopes.ts';

/** Who a token is for: it comes from what their request came with, or from the gateway's own machine. */
type TokenOwner = Pick<UserCaller, 'userId' | 'organizationId' | 'credential'>;

/** What is wanted of a token. */
export interface NewToken {
  /** Those of what it comes from, where it is not said. */
  readonly scopes?: readonly Scope[] | undefined;
  /** 90 days where it is not said; `null` is without an end. */
  readonly ttlSeconds?: number | null | undefined;
}

/**
 * A token of one's own, with one's own role. The value is in no other answer. One that comes from a token lasts no longer than
 * that, and has no scope that it lacks. Throws `expired` where what it comes from has ended, and `insufficient_scope`.
 */
export async function createToken(
  gateway: Gateway,
  owner: TokenOwner,
  name: string,
  wanted: NewToken = {},
): Promise<{ token: Token; value: Secret }> {
  return gateway.store.write((tx) => makeToken(tx, owner, name, gateway.clock(), wanted));
}

/** The same, in a transaction. */
export async function makeToken(
  tx: Database,
  { userId, organizationId, credential }: TokenOwner,
  name: string,
  now: number,
  { ttlSeconds = defaultTokenSeconds, scopes = scopesOf(credential) }: NewToken = {},
): Promise<{ token: Token; value: Secret }> {
  const value = newToken('user');
  const id = newId();
  const expiresAt = await addGrant(
    tx,
    {
      id,
      kind: 'user_token',
      user_id: userId,
      organizationId,
      parentId: credential?.id ?? null,
      scopes,
      expiresAt: ttlSeconds === null ? null : now + ttlSeconds * 1000,
    },
    now,
  );
  const row: UserTokenRow = {
    id,
    organization_id: organizationId,
    user_id: userId,
    name,
    token_hash: tokenHash(value.reveal()),
    created_at: now,
    expires_at: expiresAt,
    revoked_at: null,
    scopes: formatScopes(scopes),
  };
  await store.insertUserToken(tx, row);
  return { token: toToken(row), value };
}

export async function listTokens(gateway: Gateway, caller: UserCaller): Promise<Token[]> {
  return (await store.listUserTokens(gateway.store.db, caller.organizationId, caller.userId)).map(toToken);
}

/**
 * Whatever came from the token ends with it: browsers, links, further tokens, agents' sessions, and ways to sign in.
 * Throws `not_found` for a token that is not one's own.
 */
export async function revokeToken(gateway: Gateway, caller: UserCaller, id: string): Promise<Token> {
  const { organizationId, userId } = caller;
  const find = (db: Database) => store.findOwnToken(db, organizationId, userId, id);
  const why = 'the token that opened the session was revoked';
  const row = await ending(gateway, { by: userId, why }, async (tx, { takeAway }) => {
    if ((await find(tx)) === undefined) throw notFound('token of yours');
    await takeAway([id]);
    return find(tx);
  });
  if (row === undefined) throw notFound('token of yours');
  return toToken(row);
}

function toToken(row: UserTokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    scopes: parseScopes(row.scopes),
    createdAt: isoTime(row.created_at),
    expiresAt: isoTimeOrNull(row.expires_at),
    revokedAt: isoTimeOrNull(row.revoked_at),
  };
}
