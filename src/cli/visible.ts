import { jsonEscaped, oddInTerminal } from '../shared/odd-characters.ts';

/** The text with what a terminal would obey or hide written as `\uXXXX`, which JSON reads back as the same. */
export function visible(text: string): string {
  return text.replace(oddInTerminal, jsonEscaped);
}

/** Every text in a value from outside, made visible. */
export function visibleValue<T>(value: T): T {
  // Texts stay texts and structure stays as it is, so that the type holds.
  return seen(value) as T;
}

function seen(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(seen);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), seen(inner)]));
}

/** JSON over several lines, safe on a terminal and equal to the value. */
export function prettyJson(value: unknown): string {
  return visible(JSON.stringify(value ?? null, null, 2));
}
