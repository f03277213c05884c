import type { Token } from '../../contract/tokens.ts';
import { isoTime, isoTimeOrNull } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { newToken, tokenHash } from '../../lib/tokens.ts';
import type { UserTokenRow } from '../../store/tables.ts';
import * as store from '../../store/user-tokens.ts';
import type { UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** A token of one's own, with one's own role. The value is in no other answer; without `ttlSeconds` it does not expire. */
export async function createToken(
  gateway: Gateway,
  caller: Pick<UserCaller, 'userId' | 'organizationId'>,
  name: string,
  ttlSeconds?: number,
): Promise<{ token: Token; value: Secret }> {
  const value = newToken('user');
  const now = gateway.clock();
  const row: UserTokenRow = {
    id: newId(),
    organization_id: caller.organizationId,
    user_id: caller.userId,
    name,
    token_hash: tokenHash(value.reveal()),
    created_at: now,
    expires_at: ttlSeconds === undefined ? null : now + ttlSeconds * 1000,
    revoked_at: null,
  };
  await gateway.store.write((tx) => store.insertUserToken(tx, row));
  return { token: toToken(row), value };
}

export async function listTokens(gateway: Gateway, caller: UserCaller): Promise<Token[]> {
  return (await store.listUserTokens(gateway.store.db, caller.organizationId, caller.userId)).map(toToken);
}

/**
 * Whatever the token's login links have opened ends with it: their browser sessions ask for it again each time.
 * Throws `not_found` for a token that is not one's own.
 */
export async function revokeToken(gateway: Gateway, caller: UserCaller, id: string): Promise<Token> {
  const { organizationId, userId } = caller;
  const row = await gateway.store.write((tx) =>
    store.revokeUserToken(tx, organizationId, userId, id, gateway.clock()),
  );
  if (row === undefined) throw notFound('token of yours');
  return toToken(row);
}

/** The id of a user's own token. */
export async function userTokenId(gateway: Gateway, token: string): Promise<string | null> {
  return (await store.findUserToken(gateway.store.db, tokenHash(token)))?.id ?? null;
}

/** Whether a user token opens anything still: what was opened with it ends with it. */
export async function isTokenGood(gateway: Gateway, id: string): Promise<boolean> {
  return store.isUserTokenGood(gateway.store.db, id, gateway.clock());
}

function toToken(row: UserTokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    createdAt: isoTime(row.created_at),
    expiresAt: isoTimeOrNull(row.expires_at),
    revokedAt: isoTimeOrNull(row.revoked_at),
  };
}
