export interface Throttled {
  (): void;
  /** What is due is not done any more. */
  stop(): void;
}

/** Does it at once, and then at most once in `ms`; of several calls meanwhile the last one counts, and is not lost. */
export function throttled(act: () => void, ms: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  const run = () => {
    isDue = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (isDue) run();
    }, ms);
    act();
  };
  const call = () => {
    if (timer === undefined) run();
    else isDue = true;
  };
  return Object.assign(call, {
    stop() {
      clearTimeout(timer);
      isDue = false;
    },
  });
}
