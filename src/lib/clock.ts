/** Milliseconds since the Unix epoch. Passed in wherever a test must hold time still. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** ISO 8601 in UTC, as every time on the wire is written. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same, where the moment may not have come yet. */
export function isoTimeOrNull(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}
