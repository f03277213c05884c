/** A few rounds on a few rows: they show that a benchmark still runs, and measure nothing. */
export const isSmall = process.argv.includes('--small');

/** How many of something: as usual, and in the small form. */
export function sized(usual: number, small: number): number {
  return isSmall ? small : usual;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
