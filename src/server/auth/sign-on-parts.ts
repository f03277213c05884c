import type { Gateway } from '../../gateway/gateway.ts';
import type { BrowserSession } from '../../gateway/people/browser-sessions.ts';
import type { BrowserOfUser } from '../../gateway/people/sign-on-states.ts';
import { signedOut } from './browser-session.ts';
import type { OidcProvider } from './oidc-client.ts';
import type { Arrived, SignedIn } from './open-session.ts';

/** What single sign-on is built from. */
export interface SignOnParts {
  readonly gateway: Gateway;
  /** Origin under which people reach the gateway. */
  readonly publicUrl: string;
  readonly provider: OidcProvider;
  /** The session of a browser's cookie. */
  readonly session: (headers: Headers) => Promise<BrowserSession | undefined>;
  /** Signs a browser in. */
  readonly signIn: (who: Arrived, headers: Headers) => Promise<SignedIn>;
}

/** Throws `unauthenticated`. */
export function signedIn(session: BrowserSession | undefined): BrowserOfUser {
  if (session === undefined) throw signedOut();
  return { userId: session.userId, sessionId: session.id };
}
