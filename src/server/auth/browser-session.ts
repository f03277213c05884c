import type { BetterAuth } from './better-auth.ts';
import { isGoing, type TokenCheck } from './is-going.ts';

/** A browser in which somebody is signed in. */
export interface BrowserSession {
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
  return { userId: user.id, beganAt: session.createdAt, userTokenId: session.userTokenId ?? null };
}
