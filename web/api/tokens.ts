import { queryOptions } from '@tanstack/react-query';
import type { Token, TokenCreated } from '../../src/contract/tokens.ts';
import { ask } from './fetch.ts';

/** One's own, newest first. */
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async ({ signal }) =>
    (await ask<{ tokens: Token[] }>('GET', '/v1/tokens', undefined, signal)).tokens,
});

/** The value is in this answer and in no other. Without `ttlSeconds` it works until it is revoked. */
export function createToken(name: string, ttlSeconds?: number): Promise<TokenCreated> {
  return ask<TokenCreated>('POST', '/v1/tokens', { name, ...(ttlSeconds !== undefined && { ttlSeconds }) });
}

export function revokeToken(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/tokens/${id}`);
}
