/** The seed that the text names, or a new one; a whole number of 31 bits, as fast-check takes it. */
export function readSeed(text: string | undefined): number {
  if (text === undefined || text === '') return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d{1,10}$/.test(text) || Number(text) >= 2 ** 31) {
    throw new RangeError(
      `ASSENT_TEST_SEED is ${JSON.stringify(text)}; it takes a whole number below 2147483648`,
    );
  }
  return Number(text);
}

/** The same items in an order that the seed alone decides (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = mulberry32(seed);
  const rest = [...items];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return order;
}

/** A small generator of numbers from 0 up to 1 that begins where it is told, which `Math.random` cannot. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
