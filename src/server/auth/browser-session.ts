import { AuthError } from './auth-error.ts';
import { type BetterAuth, freshSeconds } from './better-auth.ts';
import { isGoing, type TokenCheck } from './connecting.ts';

/** A browser in which somebody is signed in. */
export interface BrowserSession {
  readonly id: string;
  readonly userId: string;
  readonly beganAt: Date;
  /** The user token whose login link opened it, if one did. */
  readonly userTokenId: string | null;
}

/** The session of a browser's cookie. One that a token's link has opened ends with that token. */
export async function browserSession(
  auth: BetterAuth,
  isTokenGood: TokenCheck,
  headers: Headers,
): Promise<BrowserSession | undefined> {
  const found = await auth.api.getSession({ headers });
  if (found === null || !(await isGoing(found.session, isTokenGood))) return undefined;
  const { user, session } = found;
  const { id } = session;
  return { id, userId: user.id, beganAt: session.createdAt, userTokenId: session.userTokenId ?? null };
}

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
