import { isJsonObject, type JsonObject, type JsonValue } from '../lib/json.ts';
import { codePointBytes, memberBytes, type SizeOf, textBytes } from './json-size.ts';

/** Everything can be shortened to this many bytes: a number whole, anything else to its note of what is missing. */
const smallestBudget = 40;

/** The least that an item is kept with is this part of its list: of alike records a few whole ones tell more than many stumps. */
const listShare = 8;

/** Of an object's members as many as can be are kept, since each tells something else. */
const objectShare = 64;

/** Under this key an object tells how many members it has lost. */
const noteKey = '…';

type Member = [key: string, value: JsonValue];

/** `value` with JSON of at most `budget` (at least 40) bytes, the small parts whole and the large ones shortened alike. */
export function prune(value: JsonValue, budget: number, sizeOf: SizeOf): JsonValue {
  if (sizeOf(value) <= budget) return value;
  if (typeof value === 'string') return cutText(value, budget);
  if (Array.isArray(value)) return pruneList(value, budget, sizeOf);
  return isJsonObject(value) ? pruneObject(value, budget, sizeOf) : value;
}

/** The beginning, whole code points of it, and how many UTF-16 units are missing. */
function cutText(text: string, budget: number): string {
  let left = budget - textBytes(`… ${text.length} more`);
  let end = 0;
  while (end < text.length) {
    const code = text.codePointAt(end) ?? 0;
    left -= codePointBytes(code);
    if (left < 0) break;
    end += code > 0xffff ? 2 : 1;
  }
  return `${text.slice(0, end)}… ${text.length - end} more`;
}

/** The first items, and how many are missing. */
function pruneList(list: readonly JsonValue[], budget: number, sizeOf: SizeOf): JsonValue[] {
  const room = budget - 2 - textBytes(`… ${list.length} more`);
  const least = Math.max(smallestBudget, Math.floor(room / listShare));
  let count = 0;
  let taken = 0;
  for (; count < list.length; count += 1) {
    taken += 1 + Math.min(sizeOf(list[count] ?? null), least);
    if (taken > room) break;
  }
  const first = list.slice(0, count);
  const share = commonSize(first.map(sizeOf), room - count);
  const kept = first.map((item) => prune(item, share, sizeOf));
  return count === list.length ? kept : [...kept, `… ${list.length - count} more`];
}

/** The same of an object: the members that take least, in their order, and how many are missing. */
export function pruneObject(object: JsonObject, budget: number, sizeOf: SizeOf): JsonObject {
  if (sizeOf(object) <= budget) return object;
  const all = Object.keys(object);
  const room = budget - 1 - memberBytes(noteKey) - textBytes(`${all.length} more`);
  const least = Math.max(smallestBudget, Math.floor(room / objectShare));
  const costs = all.map((key) => memberBytes(key) + Math.min(sizeOf(object[key] ?? null), least));
  const kept = cheapest(costs, room).map((at) => member(object, all[at] ?? ''));
  const keyBytes = kept.reduce((sum, [key]) => sum + memberBytes(key), 0);
  const share = commonSize(
    kept.map(([, value]) => sizeOf(value)),
    room - keyBytes,
  );
  const entries = kept.map(([key, value]): Member => [key, prune(value, share, sizeOf)]);
  if (kept.length < all.length) entries.push([noteKey, `${all.length - kept.length} more`]);
  return Object.fromEntries(entries);
}

function member(object: JsonObject, key: string): Member {
  return [key, object[key] ?? null];
}

/** Where the cheapest stand that `room` pays for together, in ascending order; of equal ones the first. */
function cheapest(costs: readonly number[], room: number): number[] {
  const limit = firstTooDear(costs, room);
  let left = costs.reduce((left, cost) => (cost < limit ? left - cost : left), room);
  const kept: number[] = [];
  for (const [at, cost] of costs.entries()) {
    if (cost === limit) left -= cost;
    if (cost < limit || (cost === limit && left >= 0)) kept.push(at);
  }
  return kept;
}

/** The cost at which `room` is spent when the cheapest are taken first. A typed array sorts a million ten times faster. */
function firstTooDear(costs: readonly number[], room: number): number {
  let left = room;
  for (const cost of Float64Array.from(costs).sort()) {
    left -= cost;
    if (left < 0) return cost;
  }
  return Infinity;
}

/** What each may take at most, so that all together take `room`: the small ones whole, the rest alike. */
function commonSize(all: readonly number[], room: number): number {
  let left = room;
  for (const [at, size] of all.toSorted((a, b) => a - b).entries()) {
    const share = Math.floor(left / (all.length - at));
    if (size > share) return share;
    left -= size;
  }
  return Infinity;
}
