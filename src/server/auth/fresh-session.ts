import { AuthError } from './auth-error.ts';
import { type BetterAuth, freshSeconds } from './better-auth.ts';

export const notFresh =
  'This takes a browser that signed in within the last hour; a one-time link counts only for who has no other way to sign in. Sign out, sign in again, and try once more.';

/**
 * The user of a browser session that began a short while ago: whoever finds a browser open gives themselves no other way in.
 * Throws `unauthenticated`, and `forbidden` where it is too long ago.
 */
export async function freshUser(auth: BetterAuth, headers: Headers): Promise<string> {
  const found = await auth.api.getSession({ headers });
  if (found === null) throw new AuthError('unauthenticated', 'You are signed out. Sign in again.');
  if (Date.now() - found.session.createdAt.getTime() >= freshSeconds * 1000)
    throw new AuthError('forbidden', notFresh);
  return found.user.id;
}
