/** The longest "later" of a vendor that is believed, in milliseconds. */
const longestMs = 86_400_000;

/** The headers in which vendors say when to come back, and how each is read: as milliseconds from `now`. The first that says it is believed. */
const sayings: readonly (readonly [
  header: string,
  read: (text: string, now: number) => number,
  remaining?: string,
])[] = [
  ['retry-after', secondsOrDate],
  // Linear: milliseconds since 1970, with every answer; what has none left is what it waits for.
  ...['requests', 'complexity', 'endpoint-requests'].map(
    (what) => [`x-ratelimit-${what}-reset`, millisecondsSince1970, `x-ratelimit-${what}-remaining`] as const,
  ),
  // Sentry: seconds since 1970.
  ['x-sentry-rate-limit-reset', secondsSince1970],
];

/**
 * When a vendor wants to be asked again, in milliseconds from `now` (milliseconds since 1970); `undefined` where it does not say, and where
 * what it says cannot be meant: more than a day, or no number and no date. A moment that has passed is now.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  for (const [header, read, remaining] of sayings) {
    const text = headers.get(header)?.trim() ?? '';
    const left = remaining === undefined ? null : headers.get(remaining);
    if (text === '' || text.length > 40 || (left !== null && Number(left) > 0)) continue;
    const ms = read(text, now);
    if (ms <= longestMs) return Math.max(0, Math.ceil(ms));
  }
  return undefined;
}

const seconds = /^\d{1,15}(\.\d{1,6})?$/;

function secondsOrDate(text: string, now: number): number {
  if (seconds.test(text)) return Number(text) * 1000;
  // HTTP's date begins with a weekday (RFC 9110, section 5.6.7); `Date` takes far more, "-5" included.
  return /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) - now : Number.NaN;
}

function millisecondsSince1970(text: string, now: number): number {
  return seconds.test(text) ? Number(text) - now : Number.NaN;
}

function secondsSince1970(text: string, now: number): number {
  return seconds.test(text) ? Number(text) * 1000 - now : Number.NaN;
}

/** A duration in words: seconds up to two minutes, minutes up to two hours. */
export function duration(ms: number): string {
  const inSeconds = Math.max(1, Math.ceil(ms / 1000));
  if (inSeconds <= 120) return `${inSeconds} s`;
  const minutes = Math.ceil(inSeconds / 60);
  return minutes <= 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
