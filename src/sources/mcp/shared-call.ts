import { SourceError } from '../action-source.ts';

/** A call that is made once, however many wait for its result. When the last of them leaves, it is aborted. */
export class SharedCall<Result> {
  /** Its settlement; `join` waits for it with a signal. */
  readonly result: Promise<Result>;
  readonly #controller = new AbortController();
  #hasBegun = false;
  #waiting = 0;

  /** Begins once `after` is fulfilled, and rejects as it does; never before the next turn of the microtask queue. */
  constructor(load: (signal: AbortSignal) => Promise<Result>, after?: Promise<void>) {
    this.result = this.#run(load, after);
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Nobody waits for it any more; it may still need a while to end. */
  get isGivenUp(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Rejects as the call does, or with `SourceError` `source_unavailable` when the signal aborts. */
  async join(signal: AbortSignal): Promise<Result> {
    this.#waiting += 1;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(stoppedWaiting());
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.result, promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      this.#waiting -= 1;
      if (this.#waiting === 0) this.#controller.abort();
    }
  }

  async #run(load: (signal: AbortSignal) => Promise<Result>, after?: Promise<void>): Promise<Result> {
    const { signal } = this.#controller;
    await after;
    if (signal.aborted) throw stoppedWaiting();
    this.#hasBegun = true;
    return load(signal);
  }
}

export function stoppedWaiting(): SourceError {
  return new SourceError('source_unavailable', 'The gateway stopped waiting for the list of tools.');
}
