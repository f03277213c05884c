/** A set that may hold a thing several times. */
export class CountedSet<T> {
  readonly #counts = new Map<T, number>();

  has(one: T): boolean {
    return this.#counts.has(one);
  }

  /** Answers what takes it out again, once. */
  add(one: T): Disposable {
    this.#counts.set(one, (this.#counts.get(one) ?? 0) + 1);
    return { [Symbol.dispose]: () => this.#take(one) };
  }

  #take(one: T): void {
    const left = (this.#counts.get(one) ?? 1) - 1;
    if (left > 0) this.#counts.set(one, left);
    else this.#counts.delete(one);
  }
}
