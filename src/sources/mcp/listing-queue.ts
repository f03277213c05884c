import { Flight, stoppedWaiting } from './flight.ts';
import type { Listing } from './list-tools.ts';

interface Turn {
  readonly flight: Flight;
  hasBegun: boolean;
}

/**
 * Listings by key, of each key one at a time: however many people and agents ask, one connection is open, or one process
 * runs, for them all. A listing is as fresh as if everybody had asked alone: it begins after they asked, and those who ask
 * while one is under way share the next. Where one took its whole time and came to nothing, those who waited for their turn
 * hear so, and do not wait as long again.
 */
export class ListingQueue {
  readonly #last = new Map<string, Turn>();
  readonly #isSlow: (error: unknown) => boolean;

  constructor(isSlow: (error: unknown) => boolean) {
    this.#isSlow = isSlow;
  }

  /** Rejects as `load` does, or with `SourceError` `source_unavailable` when the signal aborts. */
  async ask(
    key: string,
    signal: AbortSignal,
    load: (signal: AbortSignal) => Promise<Listing>,
  ): Promise<Listing> {
    if (signal.aborted) throw stoppedWaiting();
    const last = this.#last.get(key);
    const canBeShared = last !== undefined && !last.hasBegun && !last.flight.isGivenUp;
    const turn = canBeShared ? last : this.#add(key, last, load);
    return turn.flight.join(signal);
  }

  #add(key: string, before: Turn | undefined, load: (signal: AbortSignal) => Promise<Listing>): Turn {
    const turn: Turn = {
      hasBegun: false,
      flight: new Flight(async (signal) => {
        await this.#endOf(before);
        if (signal.aborted) throw stoppedWaiting();
        turn.hasBegun = true;
        return load(signal);
      }),
    };
    this.#last.set(key, turn);
    const end = (): void => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.flight.listing.then(end, end);
    return turn;
  }

  /** Rejects where the turn before took its whole time in vain. */
  async #endOf(before: Turn | undefined): Promise<void> {
    try {
      await before?.flight.listing;
    } catch (error) {
      if (this.#isSlow(error)) throw error;
    }
  }
}
