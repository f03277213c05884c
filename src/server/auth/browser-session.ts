import { z } from 'zod';
import type { BetterAuth } from './better-auth.ts';

/** Whether a user token, by its id, has neither been revoked nor expired. */
export type TokenCheck = (userTokenId: string) => Promise<boolean>;

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

/** What better-auth keeps of a session, as far as it says how long that lasts. */
const lasting = z.object({ expiresAt: z.date(), userTokenId: z.string().nullish() });

export async function isGoing(session: unknown, isTokenGood: TokenCheck): Promise<boolean> {
  const { expiresAt, userTokenId } = lasting.parse(session);
  if (expiresAt.getTime() <= Date.now()) return false;
  return !userTokenId || isTokenGood(userTokenId);
}
