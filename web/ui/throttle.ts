export interface Throttled {
  (): void;
  /** What is due is not done any more. */
  stop(): void;
}

/**
 * Does it at once, and then not again before it has ended and `ms` have passed; of several calls meanwhile the last one counts,
 * and is not lost.
 */
export function throttled(act: () => unknown, ms: number): Throttled {
  let isBusy = false;
  let isDue = false;
  const run = () => {
    isDue = false;
    isBusy = true;
    const pause = new Promise((resolve) => setTimeout(resolve, ms));
    void Promise.allSettled([act(), pause]).then(() => {
      isBusy = false;
      if (isDue) run();
    });
  };
  const call = () => {
    if (isBusy) isDue = true;
    else run();
  };
  return Object.assign(call, {
    stop() {
      isDue = false;
    },
  });
}
