import { isConnected } from '../../gateway/people/provider-accounts.ts';
import { oidcProvider } from '../../gateway/people/sign-in-methods.ts';
import {
  keepSignOn,
  type SignOn,
  signOnForm,
  signOnSeconds,
  useSignOn,
} from '../../gateway/people/sign-on-states.ts';
import { equalInConstantTime, keyedHash } from '../../lib/hash.ts';
import { type Arrival, arrive } from './arrivals.ts';
import { type AskedConnections, askedConnections } from './asked-connections.ts';
import { AuthError } from './auth-error.ts';
import { authPath } from './better-auth.ts';
import { hostCookie } from './host-cookie.ts';
import { oidcClient, type SignOnKeys } from './oidc-client.ts';
import { RefusedAnswer } from './provider-errors.ts';
import { type SignOnParts, signedIn } from './sign-on-parts.ts';

/**
 * Signing in with the provider's word for who somebody is. Nobody signs up by it.
 *
 * A browser departs to the provider with a secret in a cookie, and comes back once, within five minutes. What ties the two to each
 * other (state, nonce, the verifier of PKCE) is made of that secret, of which only a hash is stored.
 */
export interface SingleSignOn {
  readonly name: string;
  readonly issuer: string;
  /** Begins to sign somebody in, who goes on to `next`, a path of this site. Throws `unavailable`, and `rate_limited` where too many were begun. */
  begin(next: string, headers: Headers, how?: HowToAsk): Promise<Departure>;
  /** Begins to connect a browser's user. Throws as `begin`, and as `freshUser`. */
  connect(next: string, headers: Headers, how?: HowToAsk): Promise<Departure>;
  /**
   * Begins to confirm that who sits at a browser is its user: the provider asks them anew, and must come back with the account
   * that is connected. Throws as `begin`, `unauthenticated`, and `not_found` where none is connected.
   */
  confirm(next: string, headers: Headers): Promise<Departure>;
  /** What becomes of who comes back. Throws `unavailable`. */
  finish(request: Request): Promise<Arrival>;
  /** What people are asked before it is connected. */
  readonly asked: AskedConnections;
}

export interface HowToAsk {
  /** Whether the provider is to ask the person anew, however short a while ago it did, and to say that it has. */
  readonly asksAgain?: boolean;
}

/** To the provider's own page, with the cookies that recognise this browser when it comes back. */
export interface Departure {
  readonly url: string;
  readonly cookies: string[];
}

export function singleSignOn(parts: SignOnParts): SingleSignOn {
  const { gateway, publicUrl, provider, session } = parts;
  const { name, issuer } = provider;
  const client = oidcClient(provider, `${publicUrl}${authPath}/callback/${oidcProvider}`);
  const kind = { name: 'assent.state', sameSite: 'Lax', lifetime: signOnSeconds, form: signOnForm } as const;
  const cookie = hostCookie(publicUrl, kind);
  const asked = askedConnections(parts);
  const depart = async (signOn: SignOn): Promise<Departure> => {
    const secret = await keepSignOn(gateway, signOn);
    const url = await client.departure(keysOf(secret.reveal()), signOn.asksAgain);
    return { url, cookies: [cookie.keep(secret.reveal())] };
  };
  return {
    name,
    issuer,
    begin: async (next, _headers, { asksAgain = false } = {}) =>
      depart({ purpose: 'sign_in', next, asksAgain }),
    connect: async (next, headers, { asksAgain = false } = {}) => {
      const by = signedIn(await session(headers));
      return depart({ purpose: 'connect', next, asksAgain, by });
    },
    confirm: async (next, headers) => {
      const by = signedIn(await session(headers));
      if (!(await isConnected(gateway, by.userId, issuer))) throw new AuthError('not_found', notConnected);
      return depart({ purpose: 'confirm', next, asksAgain: true, by });
    },
    finish: async ({ url, headers }) => {
      const answer = new URL(url).searchParams;
      const secret = cookie.read(headers);
      if (secret === undefined) return stale;
      const keys = keysOf(secret);
      if (!equalInConstantTime(answer.get('state') ?? '', keys.state)) return stale;
      const begun = await useSignOn(gateway, secret);
      if (begun === undefined) return stale;
      const { signOn, elapsedMs } = begun;
      const arrival = await unlessRefused(signOn, async () => {
        const identity = await client.identify(answer, keys, signOn.asksAgain ? elapsedMs : undefined);
        return arrive(parts, asked, signOn, identity, headers);
      });
      return { ...arrival, cookies: [cookie.forget(), ...arrival.cookies] };
    },
    asked,
  };
}

const notConnected = 'Your account is not connected with single sign-on.';

/** The secret has 256 random bits, so that none of them tells another one. */
function keysOf(secret: string): SignOnKeys {
  const derive = keyedHash(Buffer.from(secret));
  return { state: derive('state'), nonce: derive('nonce'), verifier: derive('verifier') };
}

const stale: Arrival = {
  kind: 'refused',
  purpose: 'sign_in',
  problem: 'stale',
  code: 'stale',
  cookies: [],
};

async function unlessRefused({ purpose }: SignOn, work: () => Promise<Arrival>): Promise<Arrival> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RefusedAnswer)) throw error;
    const { code, message: reason } = error;
    // RFC 6749, section 4.1.2.1.
    const problem = code === 'access_denied' ? 'cancelled' : 'failed';
    return { kind: 'refused', purpose, problem, code, reason, cookies: [] };
  }
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
