import { tryParseJson } from '../lib/json.ts';
import { jsonTokens } from '../shared/json-text.ts';
import type { Piece } from '../shared/shown-json.ts';
import { namedPairs, textAt } from './named-pairs.ts';
import { merged, type Range } from './ranges.ts';
import { isSecretKey } from './secret-keys.ts';
import { spanFinder } from './secret-spans.ts';

/** JSON that stands inside a text, inside JSON inside a text, and so on, is looked into so many times. */
const mostLayers = 8;

type Find = (text: string) => readonly Range[];

/**
 * Exactly the JSON text that would be sent, but for what a person is not to see unasked: what the record's copy hides is a hole
 * here, with its length. All pieces together are as long as the text (in code points); nothing is merged, left out or written
 * anew, whatever it is nested in. Numbers, booleans and `null` are shown also under the name of a secret; of texts there, only
 * how long they are.
 */
export function paramsView(json: string, secrets: readonly string[]): Piece[] {
  return withHoles(json, hiddenIn(json, spanFinder(secrets).find, mostLayers));
}

/** What a value stands in: an object or a list, and whether a name above says that it is a secret. */
interface Container {
  readonly isObject: boolean;
  readonly isSecret: boolean;
}

function hiddenIn(json: string, find: Find, layers: number): Range[] {
  const hidden: Range[] = [];
  const open: Container[] = [];
  let isName = false;
  let isNamedSecret = false;
  const named = namedPairs(json).values();
  let pair = named.next().value;
  for (const { kind, start, end } of jsonTokens(json)) {
    const within = open.at(-1);
    while (pair !== undefined && pair.end <= start) pair = named.next().value;
    const isInPair = pair !== undefined && pair.start <= start;
    const isSecret = isNamedSecret || isInPair || within?.isSecret === true;
    if (kind === '{' || kind === '[') {
      open.push({ isObject: kind === '{', isSecret });
      isName = kind === '{';
      isNamedSecret = false;
    } else if (kind === '}' || kind === ']') {
      open.pop();
    } else if (kind === ',') {
      isName = within?.isObject === true;
      isNamedSecret = false;
    } else if (kind === ':') {
      isName = false;
    } else if (kind === 'literal') {
      if (find(json.slice(start, end)).length > 0) hidden.push({ start, end });
    } else if (isName) {
      const name = textAt(json, start, end);
      const found = find(name);
      addAll(hidden, inSource(json, start, found));
      isNamedSecret = namesSecret(name, found);
    } else if (isSecret) {
      if (end - start > 2) hidden.push({ start: start + 1, end: end - 1 });
    } else {
      addAll(hidden, inSource(json, start, hiddenInText(textAt(json, start, end), find, layers)));
    }
  }
  return hidden;
}

/** There may be more than a call takes as arguments. */
function addAll(ranges: Range[], more: readonly Range[]): void {
  for (const range of more) ranges.push(range);
}

/** As redaction asks: of the name as it is, and of what is left of it. */
function namesSecret(name: string, found: readonly Range[]): boolean {
  if (isSecretKey(name)) return true;
  if (found.length === 0) return false;
  const left = withHoles(name, found).map((piece) => (typeof piece === 'string' ? piece : '-'));
  return isSecretKey(left.join(''));
}

/** In a text, and in the JSON that it may be; both in the text's own places. */
function hiddenInText(text: string, find: Find, layers: number): Range[] {
  const within = layers > 0 && isJson(text) ? hiddenIn(text, find, layers - 1) : [];
  return [find(text), within].flat();
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && tryParseJson(text) !== undefined;
}

/** Where ranges of a text stand in the JSON that it is written in, where its token starts at `start`. */
function inSource(json: string, start: number, ranges: readonly Range[]): Range[] {
  if (ranges.length === 0) return [];
  const parts = merged(ranges);
  const found: Range[] = [];
  let at = 0;
  let source = start + 1;
  const goTo = (place: number) => {
    for (; at < place; at++) source += json[source] !== '\\' ? 1 : json[source + 1] === 'u' ? 6 : 2;
    return source;
  };
  for (const range of parts) found.push({ start: goTo(range.start), end: goTo(range.end) });
  return found;
}

function withHoles(text: string, ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end } of merged(ranges)) {
    if (start > from) pieces.push(text.slice(from, start));
    pieces.push({ hidden: Array.from(text.slice(start, end)).length });
    from = end;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}
