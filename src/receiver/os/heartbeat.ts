/** How long before the first byte, and how much longer before each next one: seventeen bytes last about a minute. */
const firstMs = 100;
const growth = 1.4;

/**
 * A sender that has gone without a word cannot be told from one that waits, unless it is sent something. So what will be said
 * in any case is said early, a byte at a time and ever more slowly. Answers what stops it, which tells how much is said.
 */
export function heartbeat(text: string, send: (part: string) => void): () => number {
  let said = 0;
  let timer: NodeJS.Timeout;
  const next = (ms: number) => {
    timer = setTimeout(() => {
      send(text.charAt(said++));
      if (said < text.length) next(ms * growth);
    }, ms);
  };
  next(firstMs);
  return () => {
    clearTimeout(timer);
    return said;
  };
}
