import { isIP } from 'node:net';
import type { BrowserSession } from '../../gateway/people/browser-sessions.ts';
import { type AvailableMethods, passwordOf } from '../../gateway/people/sign-in-methods.ts';
import { whenReady } from '../../lib/when-ready.ts';
import { type AuthOptions, newBetterAuth } from './better-auth.ts';
import { browserSession } from './browser-session.ts';
import type { OidcProvider } from './oidc-client.ts';
import { type Arrived, endSession, openSession, type SignedIn } from './open-session.ts';
import { type PasskeyCeremonies, passkeyCeremonies } from './passkeys.ts';
import { hashPassword, type NewPassword, refuseWrong, setPassword, signInWithPassword } from './password.ts';
import { type SingleSignOn, singleSignOn } from './single-sign-on.ts';

/** Signing people in, as the server's routes and pages need it. */
export interface Auth {
  /** The session of a browser's cookie. */
  browserSession(headers: Headers): Promise<BrowserSession | undefined>;
  /** Signs a browser in for somebody who has just shown by what right. Throws `expired` where that has ended meanwhile. */
  signIn(who: Arrived, headers: Headers): Promise<SignedIn>;
  /** The same for an address and its password. Throws `unauthenticated`. */
  signInWithPassword(email: string, password: string, headers: Headers): Promise<SignedIn>;
  /** Throws `forbidden` where this is not a person's password, and `conflict` where they have none. */
  checkPassword(userId: string, password: string): Promise<void>;
  /** What is stored of a new password. Throws `invalid_request` for one that is too short or too long. */
  hashPassword(password: string): Promise<string>;
  /**
   * Sets a browser's person's first password, or another one, which takes the current one; all browser sessions of theirs end,
   * and this one begins anew. Throws `forbidden` for a wrong current password, `insufficient_user_authentication`,
   * `invalid_request`, `conflict`.
   */
  setPassword(session: BrowserSession, passwords: NewPassword, headers: Headers): Promise<SignedIn>;
  readonly passkeys: PasskeyCeremonies;
  /** Signs a browser out: the cookies that end its own. */
  signOut(headers: Headers): Promise<string[]>;
  /** What signs people in here. */
  readonly methods: AvailableMethods;
  /** Where one is configured. */
  readonly singleSignOn: SingleSignOn | undefined;
}

/** better-auth is loaded at the first request that needs it: a gateway starts without, and one that serves only tokens stays so. */
export function newAuth(options: AuthOptions & { readonly oidc: OidcProvider | undefined }): Auth {
  const { publicUrl, gateway, oidc } = options;
  const loaded = whenReady(() => newBetterAuth(options));
  const session = async (headers: Headers) => browserSession(await loaded(), gateway, headers);
  return {
    browserSession: session,
    signIn: async (who, headers) => openSession(await loaded(), gateway, who, headers),
    signInWithPassword: async (email, password, headers) =>
      signInWithPassword(await loaded(), gateway, email, password, headers),
    checkPassword: async (userId, password) =>
      refuseWrong(await loaded(), await passwordOf(gateway, userId), password),
    hashPassword: async (password) => hashPassword(await loaded(), password),
    setPassword: async (session, passwords, headers) =>
      setPassword(await loaded(), gateway, session, passwords, headers),
    passkeys: passkeyCeremonies(loaded, gateway),
    signOut: async (headers) =>
      endSession(await loaded(), gateway, publicUrl, await session(headers), headers),
    methods: availableMethods(publicUrl, oidc?.issuer),
    singleSignOn:
      oidc &&
      singleSignOn({
        gateway,
        publicUrl,
        provider: oidc,
        session,
        signIn: async (who, headers) => openSession(await loaded(), gateway, who, headers),
      }),
  };
}

/** By what people can sign in under this address. A passkey belongs to a name (WebAuthn, "RP ID"): at a bare address there are none. */
function availableMethods(publicUrl: string, issuer: string | undefined): AvailableMethods {
  const host = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  return { issuer, takesPasskeys: isIP(host) === 0 };
}
