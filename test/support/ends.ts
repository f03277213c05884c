import type { TestContext } from 'node:test';

export type End = Pick<TestContext, 'after'>;

/** What is to end, the last that began first: nothing outlives what it stands on. */
export class Ends implements End {
  readonly #ends: (() => unknown)[] = [];

  readonly after: TestContext['after'] = (end) => {
    // Hooks here take no argument.
    if (end !== undefined) this.#ends.push(end as () => unknown);
  };

  /** Ends everything, also where one end fails; then throws what the first such one threw. */
  async end(): Promise<void> {
    const thrown: unknown[] = [];
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) {
      try {
        await end();
      } catch (error) {
        thrown.push(error);
      }
    }
    if (thrown.length > 0) throw thrown[0];
  }
}
