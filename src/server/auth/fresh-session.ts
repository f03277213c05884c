import { AuthError } from './auth-error.ts';
import { freshSeconds } from './better-auth.ts';
import type { BrowserSession } from './browser-session.ts';

export const notFresh =
  'This takes a browser that signed in within the last hour; a one-time link counts only for who has no other way to sign in. Sign out, sign in again, and try once more.';

/**
 * The user of a browser session that began a short while ago: a person who finds a browser open cannot add a sign-in method of their own,
 * and takes none away. Throws `unauthenticated`, and `forbidden` where it is too long ago.
 */
export function freshUser(session: BrowserSession | undefined): string {
  if (session === undefined) throw new AuthError('unauthenticated', 'You are signed out. Sign in again.');
  if (Date.now() - session.beganAt.getTime() >= freshSeconds * 1000)
    throw new AuthError('forbidden', notFresh);
  return session.userId;
}
