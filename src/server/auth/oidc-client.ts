import type { Configuration, IDToken, ServerMetadata } from 'openid-client';
import { isHttpHere } from '../../lib/loopback.ts';
import type { Secret } from '../../lib/secret.ts';
import { type BoundedFetch, boundedFetch } from './bounded-fetch.ts';
import { type Address, addressIn, subjectIn } from './oidc-claims.ts';
import { discovery } from './oidc-discovery.ts';
import { asRefusal, RefusedAnswer, refuseAnswer } from './provider-errors.ts';

/** The one OpenID provider, as the configuration has it. */
export interface OidcProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What the button says. */
  readonly name: string;
}

/** What ties an answer of the provider's to the browser that asked, and to nobody else. */
export interface SignOnKeys {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE (RFC 7636): whoever reads the code on its way cannot redeem it. */
  readonly verifier: string;
}

/** Whom the provider says that somebody is. */
export interface Identity {
  /** `sub`: theirs for ever, at this provider. */
  readonly subject: string;
  /** When the provider last asked them who they are, in seconds since 1970, where it says so (`auth_time`). */
  readonly authTime: number | undefined;
  /** Their e-mail address, asked for where the ID token has none. Throws `unavailable`. */
  readonly address: () => Promise<Address | undefined>;
}

export interface OidcClient {
  /** Where the provider asks who somebody is; anew, with `asksAgain`. Throws `unavailable`. */
  departure(keys: SignOnKeys, asksAgain: boolean): Promise<string>;
  /**
   * Whom the provider says that the browser's user is that comes back with `answer`, the query of the callback. With `maxAgeMs`, it
   * must have asked them no longer ago. Throws `RefusedAnswer` for what is no answer or must not be believed, and `unavailable`.
   */
  identify(answer: URLSearchParams, keys: SignOnKeys, maxAgeMs: number | undefined): Promise<Identity>;
}

/** How long the provider may take for all that one person's departure, or arrival, needs of it. */
const patienceMs = 10_000;
/** How far the provider's clock may be from this one, in seconds. */
const toleratedSeconds = 10;

/** Speaks with a provider as OpenID Connect Core 1.0 has it, by `openid-client`; `callback` is where it sends browsers back to. */
export function oidcClient(provider: OidcProvider, callback: string, patience = patienceMs): OidcClient {
  const discover = discovery(provider.issuer);
  const configure = async () => {
    const fetch = boundedFetch(AbortSignal.timeout(patience));
    return configuration(provider, await discover(fetch), fetch);
  };
  return {
    departure: async (keys, asksAgain) => {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client');
      return buildAuthorizationUrl(await configure(), {
        redirect_uri: callback,
        scope: 'openid email',
        state: keys.state,
        nonce: keys.nonce,
        code_challenge: await calculatePKCECodeChallenge(keys.verifier),
        code_challenge_method: 'S256',
        ...(asksAgain && { prompt: 'login', max_age: '0' }),
      }).href;
    },
    identify: async (answer, keys, maxAgeMs) => {
      const config = await configure();
      const url = new URL(`${callback}?${answer.toString()}`);
      const { claims, accessToken } = await redeem(config, url, keys, maxAgeMs);
      refuseForeignParty(claims, provider.clientId);
      return {
        subject: subjectIn(claims),
        authTime: claims.auth_time,
        address: async () =>
          claims.email === undefined ? askAddress(config, accessToken, claims.sub) : addressIn(claims),
      };
    },
  };
}

/** For one person's requests: nobody waits for what another one has asked for. */
async function configuration(
  { issuer, clientId, clientSecret }: OidcProvider,
  metadata: ServerMetadata,
  fetch: BoundedFetch,
): Promise<Configuration> {
  const client = await import('openid-client');
  const authentication = isPostOnly(metadata) ? client.ClientSecretPost : client.ClientSecretBasic;
  const config = new client.Configuration(
    metadata,
    clientId,
    { [client.clockTolerance]: toleratedSeconds },
    authentication(clientSecret.reveal()),
  );
  config[client.customFetch] = (url, { body, headers, method }) =>
    fetch(url, { headers, method, ...(body !== undefined && { body }) });
  if (isHttpHere(new URL(issuer))) client.allowInsecureRequests(config);
  // TLS alone would say who has sent an ID token (section 3.1.3.7, 6); its signature says so too.
  client.enableNonRepudiationChecks(config);
  return config;
}

/** RFC 6749, section 2.3.1: the password in a header is what every provider takes that says nothing else. */
function isPostOnly({ token_endpoint_auth_methods_supported: supported = [] }: ServerMetadata): boolean {
  return supported.includes('client_secret_post') && !supported.includes('client_secret_basic');
}

async function redeem(
  config: Configuration,
  url: URL,
  { state, nonce, verifier }: SignOnKeys,
  maxAgeMs: number | undefined,
): Promise<{ claims: IDToken; accessToken: string }> {
  const { authorizationCodeGrant } = await import('openid-client');
  try {
    const tokens = await authorizationCodeGrant(config, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(maxAgeMs !== undefined && { maxAge: Math.ceil(maxAgeMs / 1000) }),
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new TypeError('an ID token was expected');
    return { claims, accessToken: tokens.access_token };
  } catch (error) {
    throw asRefusal(error);
  }
}

/** Section 3.1.3.7, 5: whoever else the token was made for must not hand it on to us, be we among its audiences or not. */
function refuseForeignParty({ azp }: IDToken, clientId: string): void {
  if (azp !== undefined && azp !== clientId)
    refuseAnswer('foreign_azp', 'the ID token is for another client');
}

/** Providers may keep the address for their UserInfo endpoint, which must speak of the same person (section 5.3.2). */
async function askAddress(
  config: Configuration,
  accessToken: string,
  subject: string,
): Promise<Address | undefined> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return undefined;
  const { fetchUserInfo } = await import('openid-client');
  try {
    return addressIn(await fetchUserInfo(config, accessToken, subject));
  } catch (error) {
    const refusal = asRefusal(error);
    // What must not be used tells nothing.
    if (refusal instanceof RefusedAnswer) return undefined;
    throw refusal;
  }
}
