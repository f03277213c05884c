import type { Session } from '../../src/contract/sessions.ts';
import type { Tone } from '../ui/badge.tsx';

export type SessionState = 'live' | 'expired' | 'revoked';

/** Whether a session's token works at that moment, and why not. Milliseconds since the epoch. */
export function stateOf({ revokedAt, expiresAt }: Session, now: number): SessionState {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now ? 'expired' : 'live';
}

/** When a session's token stopped working, or will. */
export function endOf({ revokedAt, expiresAt }: Session): string {
  return revokedAt !== null && Date.parse(revokedAt) < Date.parse(expiresAt) ? revokedAt : expiresAt;
}

export const states: Readonly<Record<SessionState, { readonly word: string; readonly tone: Tone }>> = {
  live: { word: 'Live', tone: 'good' },
  expired: { word: 'Expired', tone: 'plain' },
  revoked: { word: 'Revoked', tone: 'bad' },
};

/** Which sessions the list shows; it stands in the address. Without it: those that are live. */
export interface ShownSessions {
  readonly show?: 'all';
}

/** From an address that anybody may have written: what makes no sense is left out. */
export function readShownSessions(search: Readonly<Record<string, unknown>>): ShownSessions {
  return search.show === 'all' ? { show: 'all' } : {};
}
