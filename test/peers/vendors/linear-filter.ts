// Linear's filters: comparators at the leaves, `and`, `or`, `null` and, for collections, `some`, `every` and `length` between.
import { asText, isRecord } from './values.ts';

/** Reads a field of an entity; `undefined` for one that the stand-in does not know. */
export type Read = (entity: Record<string, unknown>, field: string) => unknown;

/** Whether a value passes a filter. Throws where the filter asks for what the stand-in does not know, rather than guess. */
export function passes(filter: Record<string, unknown>, value: unknown, read: Read): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    if (wanted === undefined) return true;
    const compare = comparators[key];
    if (compare !== undefined) return compare(value, wanted);
    const combine = combinators[key];
    if (combine !== undefined) return combine(wanted, value, read);
    return passesField(key, wanted, value, read);
  });
}

function passesField(key: string, wanted: unknown, value: unknown, read: Read): boolean {
  if (!isRecord(wanted)) throw new TypeError(`the stand-in does not understand the filter ${key}`);
  // `labels: { name: … }` is short for `labels: { some: { name: … } }`.
  if (Array.isArray(value)) return value.some((item) => passesField(key, wanted, item, read));
  if (!isRecord(value)) return false;
  const field = read(value, key);
  if (field === undefined) throw new TypeError(`the stand-in cannot filter by ${key}`);
  return passes(wanted, field, read);
}

type Combine = (wanted: unknown, value: unknown, read: Read) => boolean;

const combinators: Readonly<Record<string, Combine>> = {
  and: (wanted, value, read) => filters(wanted).every((filter) => passes(filter, value, read)),
  or: (wanted, value, read) => filters(wanted).some((filter) => passes(filter, value, read)),
  some: (wanted, value, read) => list(value).some((item) => passes(asFilter(wanted), item, read)),
  every: (wanted, value, read) => list(value).every((item) => passes(asFilter(wanted), item, read)),
  length: (wanted, value, read) => passes(asFilter(wanted), list(value).length, read),
};

const comparators: Readonly<Record<string, (actual: unknown, wanted: unknown) => boolean>> = {
  null: (actual, wanted) => (actual === null) === wanted,
  eq: (actual, wanted) => actual === wanted,
  neq: (actual, wanted) => actual !== wanted,
  in: (actual, wanted) => list(wanted).includes(actual),
  nin: (actual, wanted) => !list(wanted).includes(actual),
  lt: (actual, wanted) => order(actual, wanted) < 0,
  lte: (actual, wanted) => order(actual, wanted) <= 0,
  gt: (actual, wanted) => order(actual, wanted) > 0,
  gte: (actual, wanted) => order(actual, wanted) >= 0,
  contains: (actual, wanted) => asText(actual).includes(asText(wanted)),
  notContains: (actual, wanted) => !asText(actual).includes(asText(wanted)),
  startsWith: (actual, wanted) => asText(actual).startsWith(asText(wanted)),
  endsWith: (actual, wanted) => asText(actual).endsWith(asText(wanted)),
  eqIgnoreCase: (actual, wanted) => lower(actual) === lower(wanted),
  neqIgnoreCase: (actual, wanted) => lower(actual) !== lower(wanted),
  containsIgnoreCase: (actual, wanted) => lower(actual).includes(lower(wanted)),
  notContainsIgnoreCase: (actual, wanted) => !lower(actual).includes(lower(wanted)),
  startsWithIgnoreCase: (actual, wanted) => lower(actual).startsWith(lower(wanted)),
};

/** Numbers, and times in ISO 8601; NaN, which no comparison passes, for anything else. */
function order(actual: unknown, wanted: unknown): number {
  return instant(actual) - instant(wanted);
}

function instant(value: unknown): number {
  if (typeof value === 'string' && /^-?P/.test(value))
    throw new TypeError('the stand-in does not know durations');
  return typeof value === 'number' ? value : Date.parse(asText(value));
}

function lower(value: unknown): string {
  return asText(value).toLowerCase();
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function filters(value: unknown): Record<string, unknown>[] {
  return list(value).map(asFilter);
}

function asFilter(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new TypeError('a filter is an object');
  return value;
}
