import type { Gateway } from '../../gateway/gateway.ts';
import {
  type Arriving,
  type BrowserSession,
  enterBrowserSession,
  leaveBrowserSession,
} from '../../gateway/people/browser-sessions.ts';
import type { Secret } from '../../lib/secret.ts';
import { askBetterAuth } from './auth-request.ts';
import { type BetterAuth, clientAddressHeader } from './better-auth.ts';

/** Somebody who has just shown who they are, or by what right they are let in. */
export type Arrived = Omit<Arriving, 'address' | 'userAgent'>;

/** A browser that has been signed in. */
export interface SignedIn {
  readonly userId: string;
  /** `Set-Cookie` headers. */
  readonly cookies: string[];
  /** The session's second secret, which the pages of this origin send with each request. */
  readonly secret: Secret;
}

/**
 * Signs a browser in: the one place where a session begins, whatever somebody came by. better-auth keeps the session and its
 * cookie; the ledger says what it came from and whether it holds, and without an entry it opens nothing.
 * Throws `expired` where what they came by has ended meanwhile.
 */
export async function openSession(
  auth: BetterAuth,
  gateway: Gateway,
  who: Arrived,
  headers: Headers,
): Promise<SignedIn> {
  const { userId } = who;
  const response = await auth.api.openSession({ body: { userId }, asResponse: true });
  // The shape of the endpoint's own answer (`plugins.ts`).
  const { id, token } = (await response.json()) as { id: string; token: string };
  try {
    const address = headers.get(clientAddressHeader) ?? '';
    const userAgent = headers.get('user-agent') ?? '';
    const secret = await enterBrowserSession(gateway, id, { ...who, address, userAgent });
    return { userId, cookies: response.headers.getSetCookie(), secret };
  } catch (error) {
    await (await auth.$context).internalAdapter.deleteSession(token);
    throw error;
  }
}

/** Signs a browser out, whether or not it was signed in: the `Set-Cookie` headers that say so. */
export async function endSession(
  auth: BetterAuth,
  gateway: Gateway,
  origin: string,
  session: BrowserSession | undefined,
  headers: Headers,
): Promise<string[]> {
  if (session !== undefined) await leaveBrowserSession(gateway, session.userId, session.id);
  const response = await askBetterAuth(auth, origin, {
    path: '/sign-out',
    body: {},
    headers,
    withSession: true,
  });
  if (!response.ok) throw new TypeError(`better-auth answered ${response.status} to a sign-out`);
  return response.headers.getSetCookie();
}
