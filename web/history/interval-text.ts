interface Reach {
  readonly to: string;
  readonly bucketMs: number;
}

const day = { month: 'short', day: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit' } as const;
const seconds = { ...time, second: '2-digit' } as const;

/** From when to when a part of the time goes, in the reader's own time zone and way of writing. */
export function intervalText(
  at: string,
  { to, bucketMs }: Reach,
  locale?: string,
  timeZone?: string,
): string {
  const from = new Date(at);
  const until = new Date(Math.min(from.getTime() + bucketMs, Date.parse(to)));
  const clock = bucketMs < 60_000 ? seconds : time;
  const zone = timeZone === undefined ? {} : { timeZone };
  const dayOf = (one: Date) => one.toLocaleDateString(locale, { ...day, ...zone });
  const clockOf = (one: Date) => one.toLocaleTimeString(locale, { ...clock, ...zone });
  const end = dayOf(from) === dayOf(until) ? clockOf(until) : `${dayOf(until)}, ${clockOf(until)}`;
  return `${dayOf(from)}, ${clockOf(from)} to ${end}`;
}
