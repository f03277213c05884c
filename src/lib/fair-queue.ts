import { setImmediate, setTimeout } from 'node:timers/promises';

/** What is done without a break: so many pieces, unless they take longer than so many milliseconds. */
export interface Slice {
  readonly pieces: number;
  readonly ms: number;
  /** After a long piece everything else has as long as it took, up to this: what is due could not catch up otherwise. */
  readonly longestRestMs?: number;
}

/** What a piece may take without a rest after it, ms. */
const longMs = 20;

interface RunningSlice {
  readonly began: number;
  done: number;
}

/**
 * Work that may be much altogether, done one piece at a time; others run between two pieces. Turns go round among those who
 * wait, so that nobody comes sooner by asking for more; the pieces of one are done in the order asked for.
 */
export class FairQueue {
  readonly #slice: Slice;
  /** By who asked; the one whose turn is next stands first. */
  readonly #waiting = new Map<string, (() => Promise<unknown>)[]>();
  #isWorking = false;
  #current: RunningSlice | undefined;

  constructor(slice: Slice = { pieces: 1, ms: 0 }) {
    this.#slice = slice;
  }

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
      const slice = (this.#current ??= this.#begin());
      const began = performance.now();
      await piece();
      slice.done++;
      const now = performance.now();
      if (slice.done < this.#slice.pieces && now - slice.began < this.#slice.ms) continue;
      await this.#rest(now - began);
    }
    this.#isWorking = false;
  }

  async #rest(tookMs: number): Promise<void> {
    const { longestRestMs = 0 } = this.#slice;
    await (tookMs < longMs || longestRestMs === 0
      ? setImmediate()
      : setTimeout(Math.min(tookMs, longestRestMs)));
  }

  /** It is over when all else that is due has had its turn, whether or not anything is left to do. */
  #begin(): RunningSlice {
    void setImmediate().then(() => {
      this.#current = undefined;
    });
    return { began: performance.now(), done: 0 };
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
