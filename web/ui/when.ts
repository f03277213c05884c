const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const units = [
  { ms: day, unit: 'day' },
  { ms: hour, unit: 'hour' },
  { ms: minute, unit: 'minute' },
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago or ahead a moment is, in its largest unit: what is past in whole ones, what is ahead in the nearest. Milliseconds. */
export function ago(at: number, now: number): string {
  const apart = at - now;
  const largest = units.find(({ ms }) => Math.abs(apart) >= ms);
  if (largest === undefined) return 'just now';
  const count = apart / largest.ms;
  return relative.format(count < 0 ? Math.trunc(count) : Math.round(count), largest.unit);
}

/** `4:07` to go, or that it is over. Milliseconds. */
export function timeLeft(ms: number): string {
  if (ms <= 0) return 'expired';
  const seconds = Math.floor(ms / 1000);
  if (ms >= hour) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A duration as people write it. Milliseconds. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < minute ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
