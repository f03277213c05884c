import type { TestContext } from 'node:test';

/** What is told what to close when it is over: a test, or a `CleanupStack`. */
export type Cleanup = Pick<TestContext, 'after'>;

/** An `AsyncDisposableStack` in a test's place: for what several tests share. */
export class CleanupStack implements Cleanup {
  readonly #stack = new AsyncDisposableStack();

  readonly after: TestContext['after'] = (close) => {
    // Hooks here take no argument.
    if (close !== undefined) this.#stack.defer(close as () => void);
  };

  /** Closes everything, what was opened last first, also where one fails; then throws what was thrown. */
  close(): Promise<void> {
    return this.#stack.disposeAsync();
  }
}

const stacks = new WeakMap<Cleanup, CleanupStack>();

/**
 * Closes something after the test, and before what was opened earlier. A test's own hooks run in the order in which they
 * were registered: they would drop a database before the gateway that uses it has stopped.
 */
export function defer(t: Cleanup, close: () => unknown): void {
  let stack = stacks.get(t);
  if (stack === undefined) {
    const opened = new CleanupStack();
    stacks.set(t, opened);
    t.after(() => opened.close());
    stack = opened;
  }
  stack.after(close);
}
