import { z } from 'zod';
import { AuthError } from './auth-error.ts';

const webAddress = z.url({ protocol: /^https?$/ });

/** What is needed of OpenID Connect Discovery 1.0, section 3. */
const metadata = z.object({
  issuer: webAddress,
  authorization_endpoint: webAddress,
  token_endpoint: webAddress,
  jwks_uri: webAddress,
  userinfo_endpoint: webAddress.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
});

export interface Discovered {
  readonly url: string;
  /** As the provider writes it, which may end in a slash. */
  readonly issuer: string;
  readonly userInfoUrl: string | undefined;
  readonly tokenEndpointAuth: 'client_secret_basic' | 'client_secret_post';
}

/** How long the identity provider may take to describe itself. */
const patienceMs = 10_000;

/**
 * The provider's own metadata, which must bear the very name that it was asked under.
 * Throws `unavailable`, with the reason as its cause.
 */
export async function discover(issuer: string): Promise<Discovered> {
  const url = `${issuer}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
    if (!response.ok) throw new TypeError(`${url} answered ${response.status}`);
    const found = metadata.parse(await response.json());
    if (found.issuer.replace(/\/$/, '') !== issuer)
      throw new TypeError(`the provider calls itself ${found.issuer}, not ${issuer}`);
    return {
      url,
      issuer: found.issuer,
      userInfoUrl: found.userinfo_endpoint,
      tokenEndpointAuth: tokenEndpointAuth(found.token_endpoint_auth_methods_supported),
    };
  } catch (cause) {
    throw unreachable(cause);
  }
}

/** RFC 6749, section 2.3.1: the password in a header is what every provider takes that says nothing else. */
function tokenEndpointAuth(supported: readonly string[]): Discovered['tokenEndpointAuth'] {
  const isPostOnly = supported.includes('client_secret_post') && !supported.includes('client_secret_basic');
  return isPostOnly ? 'client_secret_post' : 'client_secret_basic';
}

export function unreachable(cause?: unknown): AuthError {
  return new AuthError(
    'unavailable',
    "Single sign-on does not work at present: its provider gives no usable answer. Sign in another way, or try again later. The gateway's log says more.",
    { cause },
  );
}
