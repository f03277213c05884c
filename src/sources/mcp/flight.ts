import { SourceError } from '../action-source.ts';
import type { Listing } from './list-tools.ts';

/** A listing that is asked for once, however many wait for it; when the last of them leaves, it is given up. */
export class Flight {
  readonly listing: Promise<Listing>;
  readonly #controller = new AbortController();
  #waiting = 0;

  constructor(load: (signal: AbortSignal) => Promise<Listing>) {
    this.listing = load(this.#controller.signal);
  }

  /** Nobody waits for it any more; it may still need a while to end. */
  get isGivenUp(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Rejects as the listing does, or with `SourceError` `source_unavailable` when the signal aborts. */
  async join(signal: AbortSignal): Promise<Listing> {
    this.#waiting += 1;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(stoppedWaiting());
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.listing, promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#controller.abort();
    }
  }
}

export function stoppedWaiting(): SourceError {
  return new SourceError('source_unavailable', 'The gateway stopped waiting for the list of tools.');
}
