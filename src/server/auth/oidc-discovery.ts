import type { ServerMetadata } from 'openid-client';
import { z } from 'zod';
import { isHttpHere } from '../../lib/loopback.ts';
import type { BoundedFetch } from './bounded-fetch.ts';
import { unreachable } from './provider-errors.ts';

/** How long what a provider says of itself is gone by, before it is asked again. */
const metadataMs = 3600_000;

/**
 * What the provider says of itself, asked for by the first who needs it. Each asks for themselves until one has got an answer: who
 * waits holds up nobody else, and a failure is forgotten. Throws `unavailable`, with the reason as its cause.
 */
export function discovery(issuer: string): (fetch: BoundedFetch) => Promise<ServerMetadata> {
  let found: { readonly metadata: ServerMetadata; readonly at: number } | undefined;
  return async (fetch) => {
    if (found !== undefined && performance.now() - found.at < metadataMs) return found.metadata;
    const metadata = await discover(issuer, fetch);
    found = { metadata, at: performance.now() };
    return metadata;
  };
}

/** OpenID Connect Discovery 1.0, section 4: the metadata must bear the very name that it was asked under. */
async function discover(issuer: string, fetch: BoundedFetch): Promise<ServerMetadata> {
  const url = `${issuer}/.well-known/openid-configuration`;
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  try {
    if (!response.ok) throw new TypeError(`${url} answered ${response.status}`);
    const { userinfo_endpoint, ...metadata } = metadataOf(issuer).parse(await response.json());
    return { ...metadata, ...(userinfo_endpoint !== undefined && { userinfo_endpoint }) };
  } catch (cause) {
    throw unreachable(cause);
  }
}

/** What is needed of section 3; the issuer may be written with a slash at its end. */
function metadataOf(issuer: string) {
  const endpoint = endpointOf(issuer);
  return z.object({
    issuer: z.enum([issuer, `${issuer}/`], {
      error: ({ input }) => `the provider calls itself ${String(input)}`,
    }),
    authorization_endpoint: endpoint,
    token_endpoint: endpoint,
    jwks_uri: endpoint,
    userinfo_endpoint: endpoint.optional(),
    token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
    // Left out, it is RS256 (`openid-client` knows that).
    id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
    authorization_response_iss_parameter_supported: z.boolean().default(false),
  });
}

/**
 * An address that is asked, or that a browser is led to: https, or http on this machine where the provider itself is here. Never one
 * with a password in it, nor a fragment (RFC 6749, section 3.1).
 */
function endpointOf(issuer: string) {
  const isProviderHere = isHttpHere(new URL(issuer));
  return z.string().refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || url.username !== '' || url.password !== '' || text.includes('#')) return false;
    return url.protocol === 'https:' || (isProviderHere && isHttpHere(url));
  }, 'not an https address without password and fragment');
}
