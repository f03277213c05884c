// A stand-in for Sentry's web API, after its public documentation.
import { type SentryWorld, seedSentry } from './sentry-data.ts';
import { rateLimited, SentryError } from './sentry-errors.ts';
import { route } from './sentry-routes.ts';
import type { SchemaCheck } from './vectors.ts';
import { type Answer, type RecordedRequest, randomToken, startVendor, type Vendor } from './vendor.ts';

export interface SentryOptions {
  /** What the organization holds; the seed where it is not given. */
  readonly world?: SentryWorld;
}

export interface SentryPeer extends Vendor, SchemaCheck {
  /** What a self-hosted Sentry would have for its address; the API is at `/api/0/` below it. */
  readonly url: string;
  /** The one user token that is valid, sent as a bearer token. */
  readonly token: string;
  readonly world: SentryWorld;
  /** From now on the token is like any wrong one. */
  revoke(): void;
}

/** Starts an organization `example` of two projects and 30 issues. */
export async function startSentry({ world = seedSentry() }: SentryOptions = {}): Promise<SentryPeer> {
  const token = randomToken('sntryu_');
  let revoked = false;
  const vendor = await startVendor({
    huge: ['[{"id":"4500000001","title":"', '"}]'],
    rateLimited,
    handle(request) {
      const { authorization } = request.headers;
      if (authorization === undefined)
        return { status: 401, body: { detail: 'Authentication credentials were not provided.' } };
      if (revoked || authorization !== `Bearer ${token}`)
        return { status: 401, body: { detail: 'Invalid token' } };
      return answer(request, world);
    },
  });
  return {
    ...vendor,
    schemaCheck: 'missing',
    schemaNote: 'requests to Sentry are checked by hand, after its documentation',
    url: vendor.origin,
    token,
    world,
    revoke: () => {
      revoked = true;
    },
  };
}

function answer({ method, path, headers, body }: RecordedRequest, world: SentryWorld): Answer {
  try {
    return route(method, new URL(path, `http://${headers.host}`), body, world);
  } catch (error) {
    if (error instanceof SentryError) return error.answer;
    throw error;
  }
}
