import { isJsonObject, type JsonObject, type JsonValue } from '../lib/json.ts';
import { type SizeOf, sizes } from './json-size.ts';
import { prune, pruneObject } from './prune.ts';

/** The most that a stored value takes: bytes of JSON in UTF-8. */
export const storedBytes = 10_240;

/** Below this the marks themselves would not fit. */
const smallestLimit = 128;

const marks: readonly string[] = ['_truncated', '_originalSize'];

/**
 * The value itself where its JSON takes at most `maxBytes` (at least 128) bytes; otherwise a copy that does, shortened
 * where the bulk is, with the members `_truncated` and `_originalSize` (bytes), which take the place of the value's own.
 * What is no object comes back as `{_truncated,_originalSize,value}`. The value may be nested as deep as `redact` leaves it.
 */
export function truncate(value: JsonValue, maxBytes: number = storedBytes): JsonValue {
  if (maxBytes < smallestLimit) throw new TypeError(`maxBytes is at least ${smallestLimit}`);
  const sizeOf = sizes();
  const size = sizeOf(value);
  if (size <= maxBytes) return value;
  const marked: JsonObject = { _truncated: true, _originalSize: size };
  return isJsonObject(value)
    ? shortObject(value, marked, maxBytes, sizeOf)
    : { ...marked, value: prune(value, maxBytes - sizeOf({ ...marked, value: '' }) + 2, sizeOf) };
}

function shortObject(object: JsonObject, marked: JsonObject, maxBytes: number, sizeOf: SizeOf): JsonObject {
  // The two share their braces, and need a comma between them.
  const short = pruneObject(withoutMarks(object), maxBytes - sizeOf(marked) + 1, sizeOf);
  return { ...short, ...marked };
}

function withoutMarks(object: JsonObject): JsonObject {
  // A copy of a million members takes longer than all the rest.
  if (!marks.some((mark) => Object.hasOwn(object, mark))) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !marks.includes(key)));
}
