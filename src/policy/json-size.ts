import type { JsonObject, JsonValue } from '../lib/json.ts';

/** Bytes of a value's JSON in UTF-8, as `JSON.stringify` writes it. */
export type SizeOf = (value: JsonValue) => number;

/** Smaller ones are measured again rather than remembered: millions of them would cost more to keep. */
const smallestRemembered = 64;

/** Measures each large object or list once, however often it is asked for. */
export function sizes(): SizeOf {
  const known = new Map<object, number>();
  const sizeOf: SizeOf = (value) => {
    if (typeof value === 'string') return textBytes(value);
    if (typeof value !== 'object' || value === null) return String(value).length;
    return known.get(value) ?? remembered(value);
  };
  const remembered = (value: JsonValue[] | JsonObject): number => {
    const bytes = Array.isArray(value) ? listBytes(value, sizeOf) : objectBytes(value, sizeOf);
    if (bytes >= smallestRemembered) known.set(value, bytes);
    return bytes;
  };
  return sizeOf;
}

/** Bytes of the text as JSON, quotes included. */
export function textBytes(text: string): number {
  let bytes = 2;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    bytes += codePointBytes(code);
    if (code > 0xffff) at += 1;
  }
  return bytes;
}

/** Bytes of one code point within JSON text: UTF-8, or the escape that `JSON.stringify` writes (ECMA-262, QuoteJSONString). */
export function codePointBytes(code: number): number {
  if (code < 0x20) return code === 8 || code === 9 || code === 10 || code === 12 || code === 13 ? 2 : 6;
  if (code < 0x80) return code === 0x22 || code === 0x5c ? 2 : 1;
  if (code < 0x800) return 2;
  if (code > 0xffff) return 4;
  return code >= 0xd800 && code <= 0xdfff ? 6 : 3;
}

function listBytes(list: readonly JsonValue[], sizeOf: SizeOf): number {
  let bytes = 2 + Math.max(list.length - 1, 0);
  for (const item of list) bytes += sizeOf(item);
  return bytes;
}

function objectBytes(object: JsonObject, sizeOf: SizeOf): number {
  let bytes = 1;
  // `Object.entries` takes three times as long where there are hundreds of thousands.
  for (const key of Object.keys(object)) bytes += memberBytes(key) + sizeOf(object[key] ?? null);
  return Math.max(bytes, 2);
}

/** Bytes of a member besides its value: the key, the colon and one comma or brace. */
export function memberBytes(key: string): number {
  return textBytes(key) + 2;
}
