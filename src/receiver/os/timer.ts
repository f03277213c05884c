/** The longest that one timer can wait, in milliseconds. */
const longestMs = 2 ** 31 - 1;

/** Calls back after a time of any length; 0 is never. Answers what stops it. */
export function callAfter(ms: number, then: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (left: number) => {
    const now = Math.min(left, longestMs);
    timer = setTimeout(() => (left > now ? wait(left - now) : then()), now);
  };
  if (ms > 0) wait(ms);
  return () => clearTimeout(timer);
}
