import { tryParseJson } from '../lib/json.ts';
import { type GuardedFetch, guardedFetch } from './guarded-fetch.ts';
import { GuardFault } from './guarded-lookup.ts';
import { causesOf, networkFault } from './network-fault.ts';
import { retryAfterMs } from './retry-after.ts';
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
        const answer = { status: response.status, headers: response.headers, json: tryParseJson(text) };
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

/** Refusals before anything is done. */
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
  const fault = faultOfStatus(status, headers);
  if (fault !== undefined) throw fault;
  if (json === undefined && status !== 204)
    throw new VendorFault(
      status >= 400 || isPage ? 'unexpected' : 'unreadable',
      `HTTP ${status}, and no JSON`,
    );
  if (status >= 400 && !expected.includes(status)) throw new VendorFault('unexpected', `HTTP ${status}`);
}

/** What a status means with every vendor; `undefined` for one that each has its own meaning for. */
export function faultOfStatus(status: number, headers: Headers): VendorFault | undefined {
  if (status === 429) return rateLimited(headers);
  if (status >= 500) return unavailable(`HTTP ${status}`, headers);
  const code = byStatus[status];
  return code === undefined ? undefined : new VendorFault(code, `HTTP ${status}`);
}

/** The vendor wants no more for now; its headers may say for how long. */
export function rateLimited(headers: Headers): VendorFault {
  return new VendorFault('rate_limited', '', { retryAfterMs: retryAfterMs(headers, Date.now()) });
}

/** The vendor has trouble: an HTTP status from 500 on, or its own word for it, is the detail. */
export function unavailable(detail: string, headers: Headers): VendorFault {
  return new VendorFault('unavailable', detail, { retryAfterMs: retryAfterMs(headers, Date.now()) });
}
