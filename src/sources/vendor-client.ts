import { type GuardedFetch, guardedFetch } from './guarded-fetch.ts';
import { GuardFault } from './guarded-lookup.ts';
import { causesOf, networkFault } from './network-fault.ts';
import { VendorFault } from './vendor-fault.ts';

export interface VendorClientOptions {
  readonly allowPrivateAddresses: boolean;
  readonly signal: AbortSignal;
  /** Of the whole call, in milliseconds. */
  readonly limitMs: number;
}

/** An answer with its body read. */
export interface VendorAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` where it was no JSON. */
  readonly json: unknown;
}

/** How one call speaks to its vendor: public addresses only, no redirects, so much and no more, and not for ever. */
export interface VendorClient extends AsyncDisposable {
  /** For a vendor's own library. Throws what that library then wraps: `faultOf` finds it again. */
  readonly fetch: GuardedFetch['fetch'];
  /** Throws `VendorFault`; statuses from 400 on included, except those named in `expected`. */
  request(url: string | URL, init: RequestInit, expected?: readonly number[]): Promise<VendorAnswer>;
  /** What a library threw, in our own terms: its message may hold addresses and headers, and is not passed on. */
  faultOf(thrown: unknown): VendorFault;
  /** Does what changes the vendor's world, once: what comes before it are questions. */
  change<T>(send: () => Promise<T>): Promise<T>;
  /** Whether a change may have reached the vendor. */
  readonly mayHaveChanged: boolean;
  /** Whether the vendor has answered a change with success, whatever became of the answer itself. */
  hasChanged(fault: VendorFault): boolean;
}

/** Bytes that one call reads at most. */
const maxBytes = 4_000_000;
/** The longest that a vendor's "later" is waited for, in milliseconds. */
const longestPatienceMs = 60_000;

export function vendorClient({ allowPrivateAddresses, signal, limitMs }: VendorClientOptions): VendorClient {
  const guard = guardedFetch({ allowPrivateAddresses, maxBytes });
  let isChanging = false;
  let isSuccess = false;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const fetch: GuardedFetch['fetch'] = async (url, init) => {
    isSuccess = false;
    const response = await guard.fetch(url, { ...init, signal: deadline });
    isSuccess = response.ok;
    return response;
  };
  const faultOf = (thrown: unknown): VendorFault => {
    if (deadline.aborted)
      return signal.aborted ? new VendorFault('stopped') : new VendorFault('deadline', `${limitMs / 1000} s`);
    if (guard.fault !== undefined) return new VendorFault(guard.fault.code, guard.fault.message);
    return knownFault(thrown, guard.connected) ?? new VendorFault('unexpected', 'no answer that can be read');
  };
  return {
    fetch,
    async request(url, init, expected = []) {
      try {
        const response = await fetch(url, init);
        const text = await response.text();
        const answer = { status: response.status, headers: response.headers, json: jsonOf(text) };
        refuseStatus(answer, expected, isPage(text));
        return answer;
      } catch (error) {
        throw faultOf(error);
      }
    },
    faultOf,
    change(send) {
      isChanging = true;
      return send();
    },
    get mayHaveChanged() {
      return isChanging && guard.connected;
    },
    hasChanged: ({ code }) => isChanging && isSuccess && (code === 'unreadable' || code === 'too_large'),
    [Symbol.asyncDispose]: () => guard.close(),
  };
}

function knownFault(thrown: unknown, reached: boolean): VendorFault | undefined {
  for (const link of causesOf(thrown)) {
    if (link instanceof VendorFault) return link;
    if (link instanceof GuardFault) return new VendorFault(link.code, link.message);
    const broken = networkFault(link, reached);
    if (broken !== undefined) return new VendorFault(broken.code, broken.detail);
  }
  return undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a status means with every vendor. */
const byStatus: Readonly<Record<number, 'unauthorized' | 'forbidden'>> = {
  401: 'unauthorized',
  403: 'forbidden',
};

/** A web page is no API's answer, and comes with 200 from whoever stands in between, too. */
export function isPage(text: string): boolean {
  return text.trimStart().startsWith('<');
}

function refuseStatus(
  { status, headers, json }: VendorAnswer,
  expected: readonly number[],
  isPage: boolean,
): void {
  if (status === 429) throw rateLimited(headers);
  if (status >= 500) throw new VendorFault('unavailable', `${status}`);
  const code = byStatus[status];
  if (code !== undefined) throw new VendorFault(code, `HTTP ${status}`);
  if (json === undefined && status !== 204)
    throw new VendorFault(
      status >= 400 || isPage ? 'unexpected' : 'unreadable',
      `HTTP ${status}, and no JSON`,
    );
  if (status >= 400 && !expected.includes(status)) throw new VendorFault('unexpected', `HTTP ${status}`);
}

/** By `Retry-After`, in seconds. */
export function rateLimited(headers: Headers): VendorFault {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (!Number.isFinite(seconds) || seconds < 0) return new VendorFault('rate_limited');
  const retryAfterMs = Math.min(seconds * 1000, longestPatienceMs);
  return new VendorFault('rate_limited', ` (it says: ${Math.ceil(seconds)} s)`, { retryAfterMs });
}
