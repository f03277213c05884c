import { usage } from './exit.ts';

/** A moment from the wire as people here write it: `2026-11-21 10:16:01`, in this machine's time zone. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `30m`, `8h` or `7d` in seconds. Throws `usage`. */
export function seconds(flag: string, text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const length = secondsOf[unit];
  if (length !== undefined) return Number(count) * length;
  throw usage(`${flag} is "${text}". Give a number with a unit: 90s, 30m, 8h or 7d.`);
}

/** A whole number from `least`. Throws `usage`. */
export function wholeNumber(flag: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw usage(`${flag} is "${text}". Give a whole number from ${least}.`);
}
