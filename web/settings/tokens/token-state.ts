import type { Token } from '../../../src/contract/tokens.ts';
import type { Tone } from '../../ui/badge.tsx';

export type TokenState = 'works' | 'expired' | 'revoked';

/** Whether a token works at that moment, and why not. Milliseconds since the epoch. */
export function stateOf({ revokedAt, expiresAt }: Token, now: number): TokenState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'works';
}

export const states: Readonly<Record<TokenState, { readonly word: string; readonly tone: Tone }>> = {
  works: { word: 'Works', tone: 'good' },
  expired: { word: 'Expired', tone: 'plain' },
  revoked: { word: 'Revoked', tone: 'bad' },
};
