import { type GuardedFetch, guardedFetch } from '../guarded-fetch.ts';
import { McpFault } from './faults.ts';
import { maxBytes } from './mcp-connection.ts';

export interface HttpAddress {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether a secret is among the headers. */
  readonly hasCredential: boolean;
  readonly allowPrivateAddresses: boolean;
}

export interface GuardedHttp extends Pick<GuardedFetch, 'fetch' | 'connected' | 'close'> {
  /** Why it refused or broke off, or why the server lets nobody in. */
  readonly fault: McpFault | undefined;
}

/** The fetch of one operation, which knows what a refusal is about. */
export function guardedHttp({
  hasCredential,
  allowPrivateAddresses,
}: Omit<HttpAddress, 'url' | 'headers'>): GuardedHttp {
  const guard = guardedFetch({ allowPrivateAddresses, maxBytes });
  let refusal: McpFault | undefined;
  let hasTaken = false;
  return {
    async fetch(url, init) {
      const response = await guard.fetch(url, init);
      const isMessage = init?.method === 'POST';
      // A server that has taken a message, and refuses to go on with its answer, may have carried it out.
      if (isMessage || !hasTaken) refusal = refusalOf(response, hasCredential);
      if (isMessage && response.ok) hasTaken = true;
      return response;
    },
    get fault() {
      return guard.fault === undefined ? refusal : new McpFault(guard.fault.code, guard.fault.message);
    },
    get connected() {
      return guard.connected;
    },
    close: () => guard.close(),
  };
}

function refusalOf({ status, headers }: Response, hasCredential: boolean): McpFault | undefined {
  if (status !== 401 && status !== 403) return undefined;
  const challenge = headers.get('www-authenticate') ?? '';
  const wantsSignIn = status === 401 && /(?:^|,)\s*(?:Bearer|DPoP)\b/i.test(challenge);
  if (!hasCredential) return new McpFault(wantsSignIn ? 'sign_in' : 'no_credentials', `${status}`);
  const offersSignIn = wantsSignIn && /\bresource_metadata\s*=/i.test(challenge);
  return new McpFault(offersSignIn ? 'sign_in_anew' : 'unauthorized', `${status}`);
}
