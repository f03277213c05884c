import { setImmediate } from 'node:timers/promises';

/**
 * Work that may be much altogether, done one piece at a time; others run between two pieces. FairQueue go round among those who
 * wait, so that nobody comes sooner by asking for more; the pieces of one are done in the order asked for.
 */
export class FairQueue {
  /** By who asked; the one whose turn is next stands first. */
  readonly #waiting = new Map<string, (() => Promise<unknown>)[]>();
  #isWorking = false;

  /** Settles as the piece does; one that fails is no hindrance to the next. */
  take<Result>(who: string, piece: () => Promise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const own = this.#waiting.get(who) ?? [];
    own.push(() => Promise.resolve().then(piece).then(resolve, reject));
    this.#waiting.set(who, own);
    if (!this.#isWorking) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let piece = this.#next(); piece !== undefined; piece = this.#next()) {
      await piece();
      await setImmediate();
    }
    this.#isWorking = false;
  }

  /** Takes the first one's first piece, and puts them last. */
  #next(): (() => Promise<unknown>) | undefined {
    for (const [who, pieces] of this.#waiting) {
      const piece = pieces.shift();
      this.#waiting.delete(who);
      if (pieces.length > 0) this.#waiting.set(who, pieces);
      return piece;
    }
    return undefined;
  }
}
