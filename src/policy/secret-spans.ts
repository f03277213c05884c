import type { Steps } from '../lib/steps.ts';
import { merged, type Range, type Span } from './ranges.ts';
import { readable, readableInSteps, unwrapped } from './readable.ts';
import { type ShapeSearch, shapeSearch } from './secret-finds.ts';
import { secretForms } from './secret-forms.ts';
import { type TextView, viewOf } from './text-view.ts';

/** Stands in the place of whatever was a credential. */
export const marker = '[redacted]';

/** Finds the parts of texts that are not to be read: in order, none touches another, none is empty. */
export interface SpanFinder {
  readonly find: (text: string, isBinary?: boolean) => Span[];
  /** The same in steps, for a text that may be long. */
  readonly findInSteps: (text: string, isBinary?: boolean) => Steps<Span[]>;
}

/** Times that a text is searched again for what its markers make up anew, before it is given up whole. */
const mostRounds = 3;

/**
 * What a search may cost, in characters that are read: each counts once for shapes and names, and once more for each form of
 * each credential. What costs more is not searched but withheld.
 */
const mostSteps = 2_000_000_000;

/** UTF-16 units from which on a text is worth a pause. */
export const longText = 16_384;

/** UTF-16 units of a text that is remembered with what was found in it: in a list of records, names come again and again. */
const longestKnown = 64;
/** So many texts of one value are remembered. */
const mostKnown = 1_000;

/** A value costs more to redact than it may. */
export class TooMuchToRedact extends Error {
  constructor() {
    super('It is too large to be searched for credentials.');
  }
}

/**
 * Finds where credentials stand in a text: every one of `secrets` (at least 8 characters each) in whatever encoding, what is known
 * by its shape, and what stands behind a name like `password`. With a marker in place of each, nothing more is found. The many
 * texts of one value have one budget. Binary content is searched for `secrets` alone. What it gives throws `TooMuchToRedact`.
 */
export function spanFinder(secrets: readonly string[], budget: number = mostSteps): SpanFinder {
  const exact = exactFinder(secrets);
  let left = budget;
  const begin = (text: string, isBinary: boolean): Search => {
    left -= text.length * (1 + exact.forms);
    if (left < 0) throw new TooMuchToRedact();
    return new Search(text, isBinary, exact);
  };
  const settled = (text: string, isBinary = false) =>
    new SettledSearch(text, (text) => begin(text, isBinary));
  const atOnce = (text: string, isBinary?: boolean): Span[] => {
    const search = settled(text, isBinary);
    while (search.advance());
    return search.spans;
  };
  const known = new Map<string, Span[]>();
  return {
    find: (text, isBinary = false) => {
      if (isBinary || text.length > longestKnown) return atOnce(text, isBinary);
      const spans = known.get(text) ?? atOnce(text);
      if (known.size < mostKnown) known.set(text, spans);
      return spans;
    },
    *findInSteps(text, isBinary) {
      const search = settled(text, isBinary);
      while (search.advance()) yield;
      return search.spans;
    },
  };
}

/** All that is to be found in one text, in steps. */
class Search {
  readonly #text: string;
  readonly #isBinary: boolean;
  readonly #exact: ExactFinder;
  readonly #viewing: Steps<TextView> | undefined;
  #finding: Steps<Span[]> | undefined;
  #shapes: ShapeSearch | undefined;
  #spans: Span[] = [];

  constructor(text: string, isBinary: boolean, exact: ExactFinder) {
    this.#text = text;
    this.#isBinary = isBinary;
    this.#exact = exact;
    if (text.length > longText) this.#viewing = readableInSteps(text);
    else this.#begin(readable(text));
  }

  #begin(view: TextView): void {
    this.#finding = this.#exact.forms === 0 ? undefined : this.#exact.find(this.#text, view);
    this.#shapes = this.#isBinary ? undefined : shapeSearch(view);
  }

  /** Takes the next step; false where there is none. */
  advance(): boolean {
    const view = this.#viewing?.next();
    if (view?.done === false) return true;
    if (view?.value !== undefined) this.#begin(view.value);
    const found = this.#finding?.next();
    if (found?.done === false) return true;
    if (found?.value !== undefined) this.#spans = found.value;
    return this.#shapes?.advance() ?? false;
  }

  get spans(): Span[] {
    return [...(this.#shapes?.spans ?? []), ...this.#spans];
  }
}

/** All is found in the text as it came and hidden together: of overlapping secrets no tail stays. */
class SettledSearch {
  readonly #text: string;
  readonly #begin: (text: string) => Search;
  #search: Search;
  /** The text with what is found already hidden, once something is. */
  #view: TextView | undefined;
  #round = 0;
  spans: Span[] = [];

  constructor(text: string, begin: (text: string) => Search) {
    this.#text = text;
    this.#begin = begin;
    this.#search = begin(text);
  }

  /** Takes the next step; false where there is none. */
  advance(): boolean {
    return this.#search.advance() || this.#searchAgain();
  }

  /** What is left around a marker may make up a secret again. */
  #searchAgain(): boolean {
    const view = this.#view;
    const found = this.#search.spans;
    const anew = view === undefined ? found : found.map((span) => ({ ...span, ...view.original(span) }));
    const all = merged([...this.spans, ...anew]);
    // A marker may stand where a value is looked for, and is found again.
    if (isSame(all, this.spans)) return false;
    this.spans = all;
    if (this.#round === mostRounds) {
      this.spans = [{ start: 0, end: this.#text.length, reason: 'what its other parts leave of it' }];
      return false;
    }
    this.#round += 1;
    this.#view = markedView(this.#text, all);
    this.#search = this.#begin(this.#view.text);
    return true;
  }
}

function isSame(some: readonly Range[], others: readonly Range[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ start, end }, index) => start === others[index]?.start && end === others[index].end)
  );
}

/** The text with a marker in place of each span. */
export function withMarkers(text: string, spans: readonly Range[]): string {
  return spans.length === 0 ? text : markedView(text, spans).text;
}

function markedView(text: string, spans: readonly Range[]): TextView {
  return viewOf(
    text,
    spans.map(({ start, end }) => ({ start, end, by: marker })),
  );
}

/** Only `secrets`, in every form, and no shapes: for what is compared with how it came. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return withMarkers(text, spanFinder(secrets, Infinity).find(text, true));
}

/** Lines that may be pieces of one text: a long word ends, and the next line begins with one. */
const wrapped = /(?<=[\w+/=-]{16})\r?\n/;

/** Looks for `secrets` in the text as it is, with its escapes undone, and with its lines joined; a step for each form of them. */
interface ExactFinder {
  readonly forms: number;
  find(text: string, view: TextView): Steps<Span[]>;
}

function exactFinder(secrets: readonly string[]): ExactFinder {
  const forms = secretForms(secrets);
  const plain = [...new Set([...forms, ...secretForms(secrets.map((secret) => readable(secret).text))])];
  const unbroken = plain.filter((form) => !/\s/.test(form));
  return {
    forms: forms.length + 2 * plain.length,
    *find(text, view) {
      let spans = yield* exactSpans(text, forms);
      if (view.text !== text) spans = [...spans, ...inOriginal(view, yield* exactSpans(view.text, plain))];
      if (!wrapped.test(view.text)) return spans;
      const joined = unwrapped(view.text);
      const found = yield* exactSpans(joined.text, unbroken);
      return [...spans, ...inOriginal(view, inOriginal(joined, found))];
    },
  };
}

function inOriginal(view: TextView, spans: readonly Span[]): Span[] {
  return spans.map((span) => ({ ...span, ...view.original(span) }));
}

/** Of occurrences that overlap, and have no end, as of one letter in a row, not more are told apart than the text has room for. */
function* exactSpans(text: string, forms: readonly string[]): Steps<Span[]> {
  const spans: Span[] = [];
  for (const form of forms) {
    if (text.length > longText) yield;
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      const last = spans.at(-1);
      const span = { start: at, end: at + form.length, reason: 'a credential of this source' };
      if (last !== undefined && at > last.start && at <= last.end)
        spans[spans.length - 1] = { ...span, start: last.start };
      else spans.push(span);
    }
  }
  return spans;
}
