export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { [key: string]: JsonValue };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses text that this program wrote itself; text from outside goes through a schema instead. */
export function parseJson(text: string): JsonValue {
  // JSON.parse answers `any`, and can give nothing but a JsonValue.
  return JSON.parse(text) as JsonValue;
}

/** Of text from outside, which may be no JSON: `undefined` then. What it holds is still to be checked. */
export function tryParseJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

export function parseJsonOrNull(text: string | null): JsonValue {
  return text === null ? null : parseJson(text);
}

/** JSON with the keys of every object sorted, so that equal values give equal text. */
export function stableJson(value: JsonValue): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/**
 * What a library handed over, as plain JSON: `undefined`, functions and prototypes are gone.
 * A value that JSON cannot hold (a cycle, a bigint) throws a `TypeError`.
 */
export function toJson(value: unknown): JsonValue {
  const text = JSON.stringify(value);
  return text === undefined ? null : parseJson(text);
}

/** Whether a value is made of more than so many characters and values, altogether; looks at little more of it than that. */
export function isLargerThan(value: JsonValue, most: number): boolean {
  let left = most;
  const waiting: JsonValue[] = [value];
  for (let next = waiting.pop(); next !== undefined && left >= 0; next = waiting.pop()) {
    left -= typeof next === 'string' ? next.length : 1;
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) for (const key of Object.keys(next)) left -= key.length;
    const inner = Array.isArray(next) ? next : Object.values(next);
    if (inner.length > left) return true;
    for (const one of inner) waiting.push(one);
  }
  return left < 0;
}
