import { setImmediate } from 'node:timers/promises';

/** Work that may be much altogether, done one piece at a time in the order asked for; others run between two pieces. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the piece does; one that fails is no hindrance to the next. */
  take<Result>(piece: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(piece);
    const pause = () => setImmediate();
    this.#last = result.then(pause, pause);
    return result;
  }
}
