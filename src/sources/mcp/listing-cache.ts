import type { Clock } from '../../lib/clock.ts';
import { ExpiringMap } from './expiring-map.ts';
import { Flight, stoppedWaiting } from './flight.ts';
import type { Listing } from './list-tools.ts';

type Landed = { readonly listing: Listing } | { readonly error: unknown };

/** For how long a server that took its whole time and did not answer is not asked again, in ms. */
const failureMs = 10_000;

/**
 * Listings by key. Those who ask for the same at the same time share one flight, which goes on while anyone waits. Of
 * failures only the slow ones are kept, shortly: a dead server must not cost every call its deadline, while a mended
 * secret is to work at once.
 */
export class ListingCache {
  readonly #landed: ExpiringMap<Landed>;
  readonly #flights = new Map<string, Flight>();
  readonly #keepMs: number;
  readonly #isSlow: (error: unknown) => boolean;

  constructor(clock: Clock, keepMs: number, isSlow: (error: unknown) => boolean) {
    this.#landed = new ExpiringMap(clock);
    this.#keepMs = keepMs;
    this.#isSlow = isSlow;
  }

  /** What is held, without asking. */
  peek(key: string): Listing | undefined {
    const landed = this.#landed.get(key);
    return landed !== undefined && 'listing' in landed ? landed.listing : undefined;
  }

  /** Rejects as `load` does, or with `SourceError` `source_unavailable` when the signal aborts. */
  async get(
    key: string,
    signal: AbortSignal,
    load: (signal: AbortSignal) => Promise<Listing>,
  ): Promise<Listing> {
    if (signal.aborted) throw stoppedWaiting();
    const landed = this.#landed.get(key);
    if (landed !== undefined && 'error' in landed) throw landed.error;
    if (landed !== undefined) return landed.listing;
    const flight = this.#flights.get(key);
    const joined = flight === undefined || flight.isGivenUp ? this.#start(key, load) : flight;
    return joined.join(signal);
  }

  #start(key: string, load: (signal: AbortSignal) => Promise<Listing>): Flight {
    const flight = new Flight(load);
    this.#flights.set(key, flight);
    const land = (landed: Landed, ms: number): void => {
      this.#landed.set(key, landed, ms);
      this.#end(key, flight);
    };
    flight.listing.then(
      (listing) => land({ listing }, this.#keepMs),
      (error: unknown) => (this.#isSlow(error) ? land({ error }, failureMs) : this.#end(key, flight)),
    );
    return flight;
  }

  /** Another flight may have begun meanwhile. */
  #end(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
