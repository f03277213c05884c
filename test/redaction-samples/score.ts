// How well a function hides secrets: what it finds, what it hides besides, and what it hides where there is none.
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonValue, parseJson } from '../../src/lib/json.ts';
import type { Innocent, Sample } from './sample.ts';

export type Redact = (value: JsonValue) => JsonValue;

/** The figures of one group, or of several together. */
export interface Tally {
  total: number;
  /** Of these the function did what it promises. */
  good: number;
  /** What went wrong, by label: how often, and once in full. */
  readonly bad: Map<string, { times: number; before: JsonValue; after: JsonValue }>;
}

export type Tallies = Map<string, Tally>;

export interface Score {
  /** By group: good where nothing of the secret is left. */
  readonly recall: Tallies;
  /** By group: good where nothing but the secret was hidden, whether or not that was found. */
  readonly restraint: Tallies;
  /** By group: good where an innocent value came back as it was. */
  readonly innocence: Tallies;
}

export function score(samples: readonly Sample[], innocents: readonly Innocent[], redact: Redact): Score {
  const recall: Tallies = new Map();
  const restraint: Tallies = new Map();
  const innocence: Tallies = new Map();
  for (const sample of samples) {
    const after = redact(sample.value);
    count(recall, sample, after, isHidden(sample, after));
    count(restraint, sample, after, isSpared(sample, sample.value, after));
  }
  for (const innocent of innocents) {
    const after = redact(innocent.value);
    count(innocence, innocent, after, isDeepStrictEqual(after, innocent.value));
  }
  return { recall, restraint, innocence };
}

/** The share of the groups whose name begins so, from 0 to 1. A name that no group has throws. */
export function share(tallies: Tallies, begins = ''): number {
  const ours = [...tallies].filter(([group]) => group.startsWith(begins)).map(([, tally]) => tally);
  const total = ours.reduce((sum, tally) => sum + tally.total, 0);
  if (total === 0) throw new RangeError(`no group begins with ${JSON.stringify(begins)}`);
  return ours.reduce((sum, tally) => sum + tally.good, 0) / total;
}

/** The groups with their figures, a line each, and below each what went wrong, the most frequent first. */
export function report(tallies: Tallies, examples: number): string[] {
  return [...tallies].toSorted(byName).flatMap(([group, { total, good, bad }]) => [
    `${group}: ${good} of ${total} (${((100 * good) / total).toFixed(1)} %)`,
    ...[...bad]
      .toSorted(([, one], [, other]) => other.times - one.times)
      .slice(0, examples)
      .map(([label, { times, before, after }]) =>
        [`  ${times} × ${JSON.stringify(label)}`, short(before), '->', short(after)].join(' '),
      ),
  ]);
}

function count(tallies: Tallies, of: Sample | Innocent, after: JsonValue, isGood: boolean): void {
  const tally = tallies.get(of.group) ?? { total: 0, good: 0, bad: new Map() };
  tallies.set(of.group, tally);
  tally.total += 1;
  if (isGood) tally.good += 1;
  else {
    const seen = tally.bad.get(of.label) ?? { times: 0, before: of.value, after };
    tally.bad.set(of.label, { ...seen, times: seen.times + 1 });
  }
}

/** Neither the secret nor a run of half of its characters, and of six at least, is left, but for what also stands beside it. */
function isHidden({ secret, value }: Sample, after: JsonValue): boolean {
  const left = stringsOf(after).join('\n');
  const beside = stringsOf(value).join('\n').replaceAll(secret, '\0');
  const run = Math.min(secret.length, Math.max(6, Math.ceil(secret.length / 2)));
  const starts = Array.from({ length: secret.length - run + 1 }, (_, start) => start);
  return !starts
    .map((start) => secret.slice(start, start + run))
    .some((part) => left.includes(part) && !beside.includes(part));
}

function stringsOf(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsOf(inner)]);
  return [String(value)];
}

/** Everything outside of the span, but for quotes around it, is as it was. */
function isSpared(sample: Sample, before: JsonValue, after: JsonValue): boolean {
  if (typeof before === 'string') return typeof after === 'string' && isTextSpared(sample, before, after);
  if (Array.isArray(before)) {
    // A list of nothing but the secret may be hidden whole.
    if (typeof after === 'string') return isDeepStrictEqual(before, [sample.secret]);
    return Array.isArray(after) && isEachSpared(sample, before, after);
  }
  if (!isJsonObject(before)) return before === after;
  return (
    isJsonObject(after) &&
    isDeepStrictEqual(Object.keys(after), Object.keys(before)) &&
    isEachSpared(sample, Object.values(before), Object.values(after))
  );
}

function isEachSpared(sample: Sample, before: readonly JsonValue[], after: readonly JsonValue[]): boolean {
  const pairs = before.map((value, index) => [value, after[index] ?? null] as const);
  return before.length === after.length && pairs.every(([one, other]) => isSpared(sample, one, other));
}

function isTextSpared(sample: Sample, before: string, after: string): boolean {
  if (before === after) return true;
  const at = before.indexOf(sample.span);
  if (at >= 0) {
    const head = before.slice(0, at).replace(/\\?["']$/, '');
    const tail = before.slice(at + sample.span.length).replace(/^\\?["']/, '');
    const reaches = after.length >= head.length + tail.length;
    if (reaches && after.startsWith(head) && after.endsWith(tail)) return true;
  }
  // JSON in a text may come back with other white space.
  const [one, other] = [before, after].map(parsed);
  return one !== undefined && other !== undefined && isSpared(sample, one, other);
}

/** What a text of JSON says; undefined where it is none, or nothing but a text. */
function parsed(text: string): JsonValue | undefined {
  try {
    const value = parseJson(text);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function short(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= 160 ? text : `${text.slice(0, 110)} … ${text.slice(-40)}`;
}

function byName([one]: readonly [string, Tally], [other]: readonly [string, Tally]): number {
  return one < other ? -1 : 1;
}
