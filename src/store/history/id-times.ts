/**
 * How far an id's own time and the row's can be apart, ms. Ids never go back: while a clock is set back by up to ten seconds,
 * they keep to the later time.
 */
const apartMs = 60_000;

/** No UUIDv7 (RFC 9562, section 5.7) of this millisecond or a later one is smaller. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Every row that was created from `from` on, and before `to`, has an id within: `low` counts, `high` does not. */
export function idsOfTime(from: number | undefined, to: number | undefined): { low: string; high: string } {
  return {
    low: firstIdAt(from === undefined ? 0 : from - apartMs),
    high: to === undefined ? 'ffffffff-ffff-ffff-ffff-ffffffffffff' : firstIdAt(to + apartMs),
  };
}
