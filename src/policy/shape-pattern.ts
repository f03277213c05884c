/**
 * The shape of a token: a sequence of runs, each of one set of characters. It is written as a regular expression of which only
 * this is used: characters, `\.`, `[a-z\d]`, `\w`, `\d`, and after a set `{n}`, `{n,}`, `{n,m}`. Unlike a regular expression
 * it takes every run whole and never goes back, so that a search takes time in proportion to the text.
 */
export interface ShapePattern {
  readonly parts: readonly Part[];
  /** Three characters of which every token has one of these triples, at this distance from its beginning. */
  readonly anchor: { readonly at: number; readonly triples: readonly string[] };
}

interface Part {
  readonly set: CharSet;
  readonly min: number;
  readonly max: number;
}

/** Whether a character is in it, by its code; none is from 128 on. */
type CharSet = Uint8Array;

const token = /\[((?:\\.|[^\]\\])+)\]|\\([\s\S])|([\s\S])/y;
const count = /\{(\d+)(,?)(\d*)\}/y;

/** More triples than these are no anchor. */
const mostTriples = 200;

export function shapePattern(source: string): ShapePattern {
  const parts: Part[] = [];
  for (let at = 0; at < source.length; ) {
    token.lastIndex = at;
    const [whole = '', group, escaped = '', plain = ''] = token.exec(source) ?? [];
    at += whole.length;
    count.lastIndex = at;
    const [counted = '', min = '1', comma, max = ''] = count.exec(source) ?? [];
    at += counted.length;
    const most = comma ? Number(max || Infinity) : Number(min);
    parts.push({
      set: group === undefined ? escapedSet(escaped, plain) : groupSet(group),
      min: Number(min),
      max: most,
    });
  }
  return { parts, anchor: anchorOf(parts) };
}

function escapedSet(escaped: string, plain: string): CharSet {
  if (escaped === 'w') return setOf('a-zA-Z0-9_');
  if (escaped === 'd') return setOf('0-9');
  return setOf(`${escaped}${plain}`);
}

function groupSet(group: string): CharSet {
  return setOf(group.replace('\\w', 'a-zA-Z0-9_').replace('\\d', '0-9').replace(/\\(.)/g, '$1'));
}

function setOf(characters: string): CharSet {
  const set = new Uint8Array(128);
  for (const [, from = '', to = from] of characters.matchAll(/([\s\S])(?:-([\s\S]))?/g)) {
    for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) set[code] = 1;
  }
  return set;
}

/** The rarest three characters at a fixed distance from the beginning; of equal ones the last, which are marks more often. */
function anchorOf(parts: readonly Part[]): ShapePattern['anchor'] {
  const places: string[][] = [];
  for (const { set, min, max } of parts) {
    const characters = charactersOf(set);
    for (let times = 0; times < min; times += 1) places.push(characters);
    if (min !== max) break;
  }
  let best: ShapePattern['anchor'] | undefined;
  for (let at = 0; at + 3 <= places.length; at += 1) {
    const [one = [], two = [], three = []] = places.slice(at);
    if (one.length * two.length * three.length > (best?.triples.length ?? mostTriples)) continue;
    best = { at, triples: one.flatMap((a) => two.flatMap((b) => three.map((c) => a + b + c))) };
  }
  if (best === undefined) throw new TypeError('a shape needs three characters that are nearly fixed');
  return best;
}

function charactersOf(set: CharSet): string[] {
  return [...set.keys()].filter((code) => set[code] === 1).map((code) => String.fromCharCode(code));
}

/**
 * Finds one shape at the places that it is asked for, in ascending order. What it has read of a run it remembers, so that
 * all questions together read each character at most once for each part.
 */
export class ShapeMatcher {
  readonly #parts: readonly Part[];
  readonly #text: string;
  /** Of each part, where the run begins and ends that was read last. */
  readonly #runs: Int32Array;

  constructor({ parts }: ShapePattern, text: string) {
    this.#parts = parts;
    this.#text = text;
    this.#runs = new Int32Array(parts.length * 2).fill(-1);
  }

  /** Where the token ends that begins at `start`, or -1. It is no part of a longer word. */
  endAt(start: number): number {
    if (start < 0 || isAlphanumeric(this.#text.charCodeAt(start - 1))) return -1;
    let at = start;
    for (const [index, { set, min, max }] of this.#parts.entries()) {
      const isLast = index === this.#parts.length - 1;
      if (min === max && !isLast) {
        for (let n = 0; n < min; n += 1, at += 1) if (!has(set, this.#text.charCodeAt(at))) return -1;
        continue;
      }
      const end = this.#runEnd(index, set, at);
      if (end - at < min || end - at > max) return -1;
      at = end;
    }
    const isBounded = (this.#parts.at(-1)?.max ?? 0) < Infinity;
    return isBounded && isAlphanumeric(this.#text.charCodeAt(at)) ? -1 : at;
  }

  #runEnd(index: number, set: CharSet, at: number): number {
    const [from = -1, to = -1] = this.#runs.subarray(index * 2, index * 2 + 2);
    if (at >= from && at < to) return to;
    let end = at;
    while (end < this.#text.length && has(set, this.#text.charCodeAt(end))) end += 1;
    this.#runs.set([at, end], index * 2);
    return end;
  }
}

const alphanumeric = setOf('a-zA-Z0-9');

export function isAlphanumeric(code: number): boolean {
  return alphanumeric[code] === 1;
}

function has(set: CharSet, code: number): boolean {
  return set[code] === 1;
}
