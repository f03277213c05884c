import type { GenericOAuthConfig } from 'better-auth/plugins';
import { oidcProvider, oidcSubject } from '../../gateway/single-sign-on.ts';
import type { Secret } from '../../lib/secret.ts';
import { type AuthOptions, type BetterAuth, newBetterAuth, refusedPath } from './better-auth.ts';
import { refuseTooMany, throughDoor } from './door.ts';
import { freshUser } from './fresh-session.ts';
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
  /** Begins to sign somebody in, who goes on to `next`, a path of this site. Throws `rate_limited`, `unavailable`. */
  begin(next: string, headers: Headers): Promise<Departure>;
  /** Begins to connect a browser's user. Throws as `begin`, and `forbidden` for a session that is not fresh. */
  connect(next: string, headers: Headers): Promise<Departure>;
  /** What becomes of who comes back. Throws `rate_limited`, `unavailable`. */
  finish(request: Request): Promise<Arrival>;
}

/** To the provider's own page, with the cookies that recognise this browser when it comes back. */
export interface Departure {
  readonly url: string;
  readonly cookies: string[];
}

export type Arrival =
  | { readonly next: string; readonly cookies: string[] }
  /** `refused` is a code of better-auth's or of the provider's, whatever that sends. */
  | { readonly refused: string; readonly cookies: string[]; readonly wasConnecting: boolean };

export function singleSignOn(options: AuthOptions, provider: OidcProvider): SingleSignOn {
  const { publicUrl } = options;
  const ready = whenReady(() => open(options, provider));
  const depart = async (
    path: string,
    next: string,
    refusedTo: string,
    headers: Headers,
    withSession: boolean,
  ) => {
    const body = {
      provider: oidcProvider,
      callbackURL: publicUrl + next,
      errorCallbackURL: publicUrl + refusedTo,
      disableRedirect: true,
    };
    return departure(await throughDoor(await ready(), publicUrl, { path, body, headers, withSession }));
  };
  return {
    name: provider.name,
    issuer: provider.issuer,
    begin: (next, headers) => depart('/sign-in/social', next, refusedPath, headers, false),
    connect: async (next, headers) => {
      await freshUser(await ready(), headers);
      return depart('/link-social', next, `${refusedPath}?connecting=1`, headers, true);
    },
    finish: async (request) => arrival(await (await ready()).handler(request), publicUrl),
  };
}

/** What it makes is kept, but a failure is not: the provider may be there the next time. */
function whenReady<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let ready: Promise<Value> | undefined;
  return () => {
    ready ??= make().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
}

/** better-auth once more, with the provider: one that does not answer holds up nothing but single sign-on. */
async function open(options: AuthOptions, provider: OidcProvider): Promise<BetterAuth> {
  const discovered = await discover(provider.issuer);
  const auth = newBetterAuth(options, asOAuth(provider, discovered));
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

async function departure(response: Response): Promise<Departure> {
  if (!response.ok) throw unreachable(new TypeError(`better-auth answered ${response.status}`));
  // The shape of better-auth's own answer to who begins.
  const { url } = (await response.json()) as { url: string };
  return { url, cookies: response.headers.getSetCookie() };
}

/** better-auth answers with a redirect, whatever comes. */
function arrival(response: Response, publicUrl: string): Arrival {
  refuseTooMany(response);
  const to = new URL(response.headers.get('location') ?? refusedPath, publicUrl);
  const cookies = response.headers.getSetCookie();
  const isOurs = to.origin === publicUrl;
  if (!isOurs || to.pathname === refusedPath) {
    const refused = to.searchParams.get('error') ?? 'no_answer';
    return { refused, cookies, wasConnecting: to.searchParams.has('connecting') };
  }
  return { next: to.pathname + to.search + to.hash, cookies };
}
