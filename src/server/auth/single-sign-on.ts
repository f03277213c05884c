import type { GenericOAuthConfig } from 'better-auth/plugins';
import { sitePath } from '../../contract/login.ts';
import { oidcProvider, oidcSubject } from '../../gateway/people/sign-in-methods.ts';
import type { Secret } from '../../lib/secret.ts';
import { whenReady } from '../../lib/when-ready.ts';
import { AuthError } from './auth-error.ts';
import { askBetterAuth } from './auth-request.ts';
import { type AuthOptions, type BetterAuth, newBetterAuth, refusedPath } from './better-auth.ts';
import { type BrowserSession, provenUser } from './browser-session.ts';
import { personOf } from './oidc-claims.ts';
import { type Discovered, discover, unreachable } from './oidc-discovery.ts';

/** The one OpenID provider, as the configuration has it. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What the button says. */
  readonly name: string;
}

/** Signing in with the provider's word for who somebody is. Nobody signs up by it. */
export interface SingleSignOn {
  readonly name: string;
  readonly issuer: string;
  /** Begins to sign somebody in, who goes on to `next`, a path of this site. Throws `unavailable`, and `rate_limited` where too many were begun. */
  begin(next: string, headers: Headers): Promise<Departure>;
  /** Begins to connect a browser's user. Throws as `begin`, and `forbidden` for a session that is not fresh. */
  connect(next: string, headers: Headers): Promise<Departure>;
  /** What becomes of who comes back. Throws `unavailable`. */
  finish(request: Request): Promise<Arrival>;
}

/** To the provider's own page, with the cookies that recognise this browser when it comes back. */
export interface Departure {
  readonly url: string;
  readonly cookies: string[];
}

export type Arrival =
  /** `next` is a whole address, of this site. */
  | { readonly next: string; readonly cookies: string[] }
  /** `refused` is a code of better-auth's or of the provider's, whatever that sends. */
  | { readonly refused: string; readonly cookies: string[]; readonly wasConnecting: boolean };

/** Where better-auth sends a browser that it has signed in or connected; our own callback sees to it that no browser comes here. */
const arrivedPath = '/login/arrived';

export function singleSignOn(
  options: AuthOptions,
  provider: OidcProvider,
  sessionOf: (headers: Headers) => Promise<BrowserSession | undefined>,
): SingleSignOn {
  const { publicUrl } = options;
  const ready = whenReady(() => open(options, provider));
  return {
    name: provider.name,
    issuer: provider.issuer,
    begin: async (next, headers) => {
      const refusedTo = publicUrl + refusedPath;
      const leaving = { publicUrl, path: '/sign-in/social', next, refusedTo, headers, withSession: false };
      return depart(await ready(), leaving);
    },
    connect: async (next, headers) => {
      provenUser(options.gateway, await sessionOf(headers));
      const refusedTo = `${publicUrl + refusedPath}?connecting=1`;
      const leaving = { publicUrl, path: '/link-social', next, refusedTo, headers, withSession: true };
      return depart(await ready(), leaving);
    },
    finish: async (request) => arrival(await (await ready()).handler(request), publicUrl),
  };
}

interface Leaving {
  readonly publicUrl: string;
  /** better-auth's endpoint. */
  readonly path: string;
  readonly next: string;
  readonly refusedTo: string;
  readonly headers: Headers;
  readonly withSession: boolean;
}

async function depart(auth: BetterAuth, leaving: Leaving): Promise<Departure> {
  const { publicUrl, path, next, refusedTo, headers, withSession } = leaving;
  const body = {
    provider: oidcProvider,
    callbackURL: `${publicUrl}${arrivedPath}?next=${encodeURIComponent(next)}`,
    errorCallbackURL: refusedTo,
    disableRedirect: true,
  };
  const response = await askBetterAuth(auth, publicUrl, { path, body, headers, withSession });
  if (!response.ok) throw unreachable(new TypeError(`better-auth answered ${response.status}`));
  // The shape of better-auth's own answer to who begins.
  const { url } = (await response.json()) as { url: string };
  return { url, cookies: response.headers.getSetCookie() };
}

/** better-auth once more, with the provider: one that does not answer holds up nothing but single sign-on. */
async function open(options: AuthOptions, provider: OidcProvider): Promise<BetterAuth> {
  const discovered = await discover(provider.issuer);
  const auth = await newBetterAuth(options, asOAuth(provider, discovered));
  const { socialProviders } = await auth.$context;
  // It asks the provider again, and leaves out without a word what does not answer.
  const known = socialProviders.find(({ id }) => id === oidcProvider);
  if (known?.issuer !== discovered.issuer)
    throw unreachable(new TypeError('the provider could not be asked twice'));
  return auth;
}

function asOAuth(provider: OidcProvider, discovered: Discovered): GenericOAuthConfig {
  return {
    providerId: oidcProvider,
    discoveryUrl: discovered.url,
    requireIdTokenVerification: true,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret.reveal(),
    tokenEndpointAuth: { method: discovered.tokenEndpointAuth },
    scopes: ['openid', 'email'],
    pkce: true,
    disableSignUp: true,
    accountSubject: ({ profile }) => oidcSubject(provider.issuer, String(profile.sub)),
    getUserInfo: async (tokens) => {
      const person = await personOf(tokens, discovered.userInfoUrl);
      return person === null ? null : { ...person };
    },
  };
}

/** better-auth answers with a redirect, whatever comes. */
function arrival(response: Response, publicUrl: string): Arrival {
  const to = new URL(response.headers.get('location') ?? refusedPath, publicUrl);
  const cookies = response.headers.getSetCookie();
  if (to.origin === publicUrl && to.pathname === arrivedPath) {
    const next = sitePath.catch('/').parse(to.searchParams.get('next'));
    return { next: publicUrl + next, cookies };
  }
  const refused = to.searchParams.get('error') ?? 'no_answer';
  return { refused, cookies, wasConnecting: to.searchParams.has('connecting') };
}

/** The gateway's single sign-on. Throws `not_found` where it has none. */
export function configuredSignOn({
  singleSignOn,
}: {
  readonly singleSignOn: SingleSignOn | undefined;
}): SingleSignOn {
  if (singleSignOn !== undefined) return singleSignOn;
  throw new AuthError(
    'not_found',
    'This gateway has no single sign-on. Whoever runs it sets one up with ASSENT_OIDC_ISSUER.',
  );
}
