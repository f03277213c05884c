import { isIP } from 'node:net';
import type { AvailableMethods } from '../../gateway/people/sign-in-methods.ts';
import { whenReady } from '../../lib/when-ready.ts';
import { type AuthOptions, newBetterAuth } from './better-auth.ts';
import { type BrowserSession, browserSession, freshUser } from './browser-session.ts';
import { type DeviceLogin, deviceLogin } from './device.ts';
import {
  createUser,
  type LoginSubject,
  logIn,
  logInWithPassword,
  type NewPassword,
  setPassword,
} from './password.ts';
import { type OidcProvider, type SingleSignOn, singleSignOn } from './single-sign-on.ts';

/** Logging people in, as the server's routes and pages need it. */
export interface Auth {
  /** better-auth's own endpoints; the route decides which are open. */
  handle(request: Request): Promise<Response>;
  /** The session of a browser's cookie. */
  browserSession(headers: Headers): Promise<BrowserSession | undefined>;
  /** The user of a browser that signed in within the last hour. Throws `unauthenticated`, `forbidden`. */
  freshUser(headers: Headers): Promise<string>;
  /** Opens a browser session for the user that a one-time link names: the `Set-Cookie` headers. */
  logInByLink(subject: LoginSubject): Promise<string[]>;
  /** The same for an address and its password. Throws `unauthenticated`, and `rate_limited` for who guesses. */
  logInWithPassword(
    email: string,
    password: string,
    headers: Headers,
  ): Promise<{ userId: string; cookies: string[] }>;
  /** A new user. Throws `invalid_request` for a password that is too short or too long. */
  createUser(user: {
    readonly email: string;
    readonly name: string;
    readonly password: string;
  }): Promise<string>;
  /**
   * Sets a browser's user's first password, or another one, which takes the current one; all browser sessions of theirs end,
   * and this one begins anew: its `Set-Cookie` headers. Throws `forbidden` for a wrong current password and for a session that
   * is not fresh, `invalid_request`, `conflict`, `rate_limited`.
   */
  setPassword(passwords: NewPassword, headers: Headers): Promise<string[]>;
  readonly device: DeviceLogin;
  /** What signs people in here. */
  readonly methods: AvailableMethods;
  /** Where one is configured. */
  readonly singleSignOn: SingleSignOn | undefined;
}

/** better-auth is loaded at the first request that needs it: a gateway starts without, and one that serves only tokens stays so. */
export function newAuth(options: AuthOptions & { readonly oidc: OidcProvider | undefined }): Auth {
  const { publicUrl } = options;
  const loaded = whenReady(() => newBetterAuth(options));
  const session = async (headers: Headers) => browserSession(await loaded(), options.isTokenGood, headers);
  return {
    handle: async (request) => (await loaded()).handler(request),
    browserSession: session,
    freshUser: async (headers) => freshUser(await session(headers)),
    logInByLink: async (subject) => logIn(await loaded(), subject),
    logInWithPassword: async (email, password, headers) =>
      logInWithPassword(await loaded(), publicUrl, email, password, headers),
    createUser: async (user) => createUser(await loaded(), user),
    setPassword: async (passwords, headers) =>
      setPassword(await loaded(), passwords, { origin: publicUrl, session: await session(headers), headers }),
    device: deviceLogin(loaded, publicUrl),
    methods: availableMethods(publicUrl, options.oidc?.issuer),
    singleSignOn: options.oidc && singleSignOn(options, options.oidc, session),
  };
}

/** By what people can sign in under this address. A passkey belongs to a name (WebAuthn, "RP ID"): at a bare address there are none. */
function availableMethods(publicUrl: string, issuer: string | undefined): AvailableMethods {
  const host = new URL(publicUrl).hostname.replace(/^\[|\]$/g, '');
  return { issuer, takesPasskeys: isIP(host) === 0 };
}
