const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The units in which a time is told, largest first. */
const units = [
  { ms: day, unit: 'day', short: 'd' },
  { ms: hour, unit: 'hour', short: 'h' },
  { ms: minute, unit: 'minute', short: 'min' },
  { ms: second, unit: 'second', short: 's' },
] as const;

/** How long, in whole ones of its largest unit: `4 min`. Milliseconds. */
export function inWords(ms: number): string {
  const rounded = Math.max(0, Math.round(ms / second)) * second;
  const largest = units.find((unit) => rounded >= unit.ms) ?? { ms: second, short: 's' };
  return `${Math.floor(rounded / largest.ms)} ${largest.short}`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago or ahead a moment is, in its largest unit: what is past in whole ones, what is ahead in the nearest. Milliseconds. */
export function ago(at: number, now: number): string {
  const apart = at - now;
  const largest = units.find(({ ms }) => Math.abs(apart) >= ms);
  if (largest === undefined || largest.unit === 'second') return 'just now';
  const count = apart / largest.ms;
  return relative.format(count < 0 ? Math.trunc(count) : Math.round(count), largest.unit);
}

/** `4:07` to go, or that it is over. Milliseconds. */
export function timeLeft(ms: number): string {
  if (ms <= 0) return 'expired';
  const seconds = Math.floor(ms / second);
  if (ms >= hour) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A duration as people write it. Milliseconds. */
export function duration(ms: number): string {
  if (ms < second) return `${ms} ms`;
  return ms < minute ? `${(ms / second).toFixed(1)} s` : `${Math.round(ms / second)} s`;
}
