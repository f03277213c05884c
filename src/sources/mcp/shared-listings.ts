import { LRUCache } from 'lru-cache';
import type { Clock } from '../../lib/clock.ts';
import type { Listing } from './list-tools.ts';
import { SharedCall, stoppedWaiting } from './shared-call.ts';

/** For how long a server that took its whole time and did not answer is not asked again, in ms. */
const failureMs = 10_000;
/** Of all lists that are kept, in bytes of JSON: 60 to 80 MB of heap (decision 0014). */
const maxKeptBytes = 64_000_000;
/** Lists that are kept, however small. */
const maxEntries = 5000;

export interface ListingKey {
  /** The connector and the version of its configuration. */
  readonly configuration: string;
  /** Whose list may be kept; `null` asks for one that begins after the question. */
  readonly sessionId: string | null;
}

export interface SharedListingsOptions {
  readonly clock: Clock;
  /** How long a session keeps a list, in ms. */
  readonly keepMs: number;
  /** Whether a failure took the whole deadline. */
  readonly isSlow: (error: unknown) => boolean;
  /** Of all kept lists together, in bytes of JSON. */
  readonly maxBytes?: number;
}

type Load = (signal: AbortSignal) => Promise<Listing>;
type Kept = { readonly listing: Listing } | { readonly error: unknown };
/** A session's part in a call: it is forgotten when the session's last waiter leaves. */
interface Asked {
  readonly call: SharedCall<Listing>;
  waiting: number;
}

/**
 * Listings of connectors: one call at a time for each configuration, and its result for each session for a while.
 *
 * A session gets its kept list. Without one it joins the call that it already waits for, or the configuration's next call.
 * `sessionId: null` always joins the next call. The next call begins when the one under way has ended; all who ask before it
 * begins share it, so everybody gets a list that was begun after they asked. When the call under way takes its whole
 * deadline in vain, those who wait for the next one get its error instead of waiting as long again.
 *
 * Only slow failures are kept, and briefly: a server that does not answer must not cost every request its deadline, while a
 * corrected secret must work at once.
 */
export class SharedListings {
  readonly #kept: LRUCache<string, Kept>;
  readonly #asked = new Map<string, Asked>();
  /** The last call of each configuration: under way, or waiting for the one before it. */
  readonly #last = new Map<string, SharedCall<Listing>>();
  readonly #keepMs: number;
  readonly #isSlow: (error: unknown) => boolean;

  constructor({ clock, keepMs, isSlow, maxBytes = maxKeptBytes }: SharedListingsOptions) {
    this.#kept = expiringCache(clock, maxBytes, (kept) => ('listing' in kept ? bytesOf(kept.listing) : 1000));
    this.#keepMs = keepMs;
    this.#isSlow = isSlow;
  }

  /** What is kept for a session, without asking. */
  peek(key: ListingKey): Listing | undefined {
    const kept = this.#kept.get(nameOf(key));
    return kept !== undefined && 'listing' in kept ? kept.listing : undefined;
  }

  /** Rejects as `load` does, or with `SourceError` `source_unavailable` when the signal aborts. */
  async get(key: ListingKey, signal: AbortSignal, load: Load): Promise<Listing> {
    if (signal.aborted) throw stoppedWaiting();
    if (key.sessionId === null) return this.#nextCall(key.configuration, load).join(signal);
    const name = nameOf(key);
    const kept = this.#kept.get(name);
    if (kept !== undefined && 'error' in kept) throw kept.error;
    if (kept !== undefined) return kept.listing;
    const asked = this.#asked.get(name) ?? this.#ask(name, this.#nextCall(key.configuration, load));
    asked.waiting += 1;
    try {
      return await asked.call.join(signal);
    } finally {
      asked.waiting -= 1;
      if (asked.waiting === 0) this.#forget(name, asked);
    }
  }

  /** Keeps the result for a session that still waits when it comes. */
  #ask(name: string, call: SharedCall<Listing>): Asked {
    const asked: Asked = { call, waiting: 0 };
    this.#asked.set(name, asked);
    const keep = (kept: Kept, ttlMs: number): void => {
      if (this.#forget(name, asked)) keepFor(this.#kept, name, kept, ttlMs);
    };
    call.result.then(
      (listing) => keep({ listing }, this.#keepMs),
      (error: unknown) => (this.#isSlow(error) ? keep({ error }, failureMs) : this.#forget(name, asked)),
    );
    return asked;
  }

  /** Another question of this session may have begun meanwhile. */
  #forget(name: string, asked: Asked): boolean {
    return this.#asked.get(name) === asked && this.#asked.delete(name);
  }

  #nextCall(configuration: string, load: Load): SharedCall<Listing> {
    const last = this.#last.get(configuration);
    if (last !== undefined && !last.hasBegun && !last.isGivenUp) return last;
    const call = new SharedCall(load, last && this.#endOf(last));
    this.#last.set(configuration, call);
    const end = (): void => {
      if (this.#last.get(configuration) === call) this.#last.delete(configuration);
    };
    call.result.then(end, end);
    return call;
  }

  /** Rejects where the call took its whole time in vain. */
  async #endOf(call: SharedCall<Listing>): Promise<void> {
    try {
      await call.result;
    } catch (error) {
      if (this.#isSlow(error)) throw error;
    }
  }
}

function nameOf({ configuration, sessionId }: ListingKey): string {
  return `${configuration} ${sessionId}`;
}

/** Many sessions share one listing; it is measured once. */
const measured = new WeakMap<Listing, number>();

function bytesOf(listing: Listing): number {
  const known = measured.get(listing);
  if (known !== undefined) return known;
  let bytes = 2 * listing.instructions.length + 1000;
  for (const { name, description, params } of listing.tools.values())
    bytes += Buffer.byteLength(JSON.stringify([name, description, params.jsonSchema])) + 500;
  for (const { tool, reason } of listing.omitted) bytes += 2 * (tool.length + reason.length) + 100;
  measured.set(listing, bytes);
  return bytes;
}

/** Bounded by count and bytes; what is used least goes first. Entries are put in with `keepFor`. */
export function expiringCache<Value extends object>(
  clock: Clock,
  maxBytes: number,
  sizeOf: (value: Value) => number,
): LRUCache<string, Value> {
  return new LRUCache({
    max: maxEntries,
    maxSize: maxBytes,
    sizeCalculation: sizeOf,
    ttlResolution: 0,
    // A start of 0 means "none" to lru-cache: clocks of tests begin there.
    perf: { now: () => clock() + 1 },
  });
}

/** Keeps a value for less than `ms`. What has expired goes first: there is no timer. */
export function keepFor<Value extends object>(
  cache: LRUCache<string, Value>,
  key: string,
  value: Value,
  ms: number,
): void {
  cache.purgeStale();
  // To lru-cache an entry is stale when it is older than its ttl, and a ttl of 0 means for ever.
  if (ms > 1) cache.set(key, value, { ttl: ms - 1 });
}
