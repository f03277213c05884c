import { randomBytes } from 'node:crypto';
import { sha256 } from './hash.ts';
import { Secret } from './secret.ts';

/** A session token is an agent's; a user token is a person's. Neither serves in the other's place. */
export type TokenKind = 'session' | 'user';

const prefixes: Readonly<Record<TokenKind, string>> = { session: 'ast_s_', user: 'ast_u_' };

/** A new token: its prefix and 256 random bits. Shown once; the database keeps `tokenHash` of it. */
export function newToken(kind: TokenKind): Secret {
  return new Secret(prefixes[kind] + randomBytes(32).toString('base64url'));
}

/** Which kind a presented token claims to be; `undefined` for anything that is no token of ours. */
export function tokenKind(token: string): TokenKind | undefined {
  if (!/^ast_[su]_[A-Za-z0-9_-]{43}$/.test(token)) return undefined;
  return token.startsWith(prefixes.session) ? 'session' : 'user';
}

/** What is stored of a token. The token has 256 random bits, so that a plain SHA-256 cannot be searched back. */
export function tokenHash(token: string): string {
  return sha256(token);
}
