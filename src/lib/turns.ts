/** One at a time, in the order of asking; so many may wait. */
export class Turns {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether nobody has a turn, and nobody waits for one. */
  get isIdle(): boolean {
    return !this.#isTaken;
  }

  /** Resolves when it is one's turn, which ends when what it resolves to is disposed of; `undefined` where too many wait. Rejects as the signal says. */
  async take(signal: AbortSignal): Promise<Disposable | undefined> {
    signal.throwIfAborted();
    if (this.#isTaken) {
      if (this.#waiting.length === this.#most) return undefined;
      await this.#wait(signal);
    }
    this.#isTaken = true;
    return { [Symbol.dispose]: () => this.#end() };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = (): void => {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
      reject(signal.reason);
    };
    this.#waiting.push(resolve);
    signal.addEventListener('abort', leave, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', leave));
  }

  /** The turn passes on at once: nobody who asks in between comes before those who wait. */
  #end(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }
}
