import { visibleName, visibleText } from '../shared/look-alikes.ts';
import { visibleJson } from '../shared/odd-characters.ts';

/** UTF-16 units of the longest name. */
const longestName = 200;

/** Every text in a value from outside, made visible; what is short enough to be a name, as a name. */
export function visibleValue<T>(value: T): T {
  // Texts stay texts and structure stays as it is, so that the type holds.
  return seen(value) as T;
}

function seen(value: unknown): unknown {
  if (typeof value === 'string') return value.length > longestName ? visibleText(value) : visibleName(value);
  if (Array.isArray(value)) return value.map(seen);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visibleText(key), seen(inner)]));
}

/** JSON over several lines, safe on a terminal and equal to the value. */
export function prettyJson(value: unknown): string {
  return visibleJson(JSON.stringify(value ?? null, null, 2));
}
