import type { Gateway } from '../../gateway/gateway.ts';
import { type BrowserSession, findBrowserSession, isProven } from '../../gateway/people/browser-sessions.ts';
import { AuthError } from './auth-error.ts';
import type { BetterAuth } from './better-auth.ts';

/** The session of a browser's cookie: better-auth knows the cookie, and the ledger whether it holds. */
export async function browserSession(
  auth: BetterAuth,
  gateway: Gateway,
  headers: Headers,
): Promise<BrowserSession | undefined> {
  const found = await auth.api.getSession({ headers });
  if (found === null) return undefined;
  const session = await findBrowserSession(gateway, found.session.id);
  return session?.userId === found.user.id ? session : undefined;
}

/**
 * Asks that the person of a browser has shown within the last ten minutes who they are: who finds a browser open, or has a stolen
 * cookie, gives nobody a way in and takes none away. Throws `insufficient_user_authentication` (RFC 9470).
 */
export function refuseUnproven(gateway: Gateway, session: BrowserSession): void {
  if (!isProven(gateway, session)) throw new AuthError('insufficient_user_authentication', notProven);
}

const notProven =
  'This takes a person who has shown within the last ten minutes who they are. Confirm that it is you, by a password, a passkey or single sign-on, and try once more; a one-time link counts only for who has nothing else.';

export function signedOut(): AuthError {
  return new AuthError('unauthenticated', 'You are signed out. Sign in again.');
}
