import { merged, type Range, type Span } from './ranges.ts';
import { readable, unwrapped } from './readable.ts';
import { findSecretShapes } from './secret-finds.ts';
import { secretForms } from './secret-forms.ts';
import { type TextView, viewOf } from './text-view.ts';

/** Stands in the place of whatever was a credential. */
export const marker = '[redacted]';

/** The parts of a text that are not to be read: in order, none touches another, none is empty. */
export type FindSpans = (text: string, isBinary?: boolean) => Span[];

/** Times that a text is searched again for what its markers make up anew, before it is given up whole. */
const mostRounds = 3;

/**
 * What a search may cost, in characters that are read: each counts once for shapes and names, and once more for each form of
 * each credential. What costs more is not searched but withheld.
 */
const mostSteps = 2_000_000_000;

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
export function spanFinder(secrets: readonly string[], budget: number = mostSteps): FindSpans {
  const exact = exactFinder(secrets);
  let left = budget;
  return (text, isBinary = false) =>
    settled(text, (text) => {
      left -= text.length * (1 + exact.forms);
      if (left < 0) throw new TooMuchToRedact();
      return isBinary ? exact.find(text) : [...findSecretShapes(text), ...exact.find(text)];
    });
}

/** All is found in the text as it came and hidden together: of overlapping secrets no tail stays. */
function settled(text: string, find: FindSpans): Span[] {
  let spans = merged(find(text));
  for (let round = 0; round < mostRounds; round += 1) {
    if (spans.length === 0) return spans;
    const view = markedView(text, spans);
    // What is left around a marker may make up a secret again.
    const anew = find(view.text).map((span) => ({ ...span, ...view.original(span) }));
    const more = merged([...spans, ...anew]);
    // A marker may stand where a value is looked for, and is found again.
    if (isSame(more, spans)) return spans;
    spans = more;
  }
  return [{ start: 0, end: text.length, reason: 'what its other parts leave of it' }];
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
  return withMarkers(text, settled(text, exactFinder(secrets).find));
}

/** Lines that may be pieces of one text: a long word ends, and the next line begins with one. */
const wrapped = /[\w+/=-]{16}\r?\n/;

/** Looks for `secrets` in the text as it is, with its escapes undone, and with its lines joined. */
function exactFinder(secrets: readonly string[]): {
  readonly forms: number;
  readonly find: (text: string) => Span[];
} {
  const forms = secretForms(secrets);
  if (forms.length === 0) return { forms: 0, find: () => [] };
  const plain = [...new Set([...forms, ...secretForms(secrets.map((secret) => readable(secret).text))])];
  const unbroken = plain.filter((form) => !/\s/.test(form));
  const find = (text: string): Span[] => {
    const spans = exactSpans(text, forms);
    const view = readable(text);
    if (view.text !== text) spans.push(...inOriginal(view, exactSpans(view.text, plain)));
    if (!wrapped.test(view.text)) return spans;
    const joined = unwrapped(view.text);
    return [...spans, ...inOriginal(view, inOriginal(joined, exactSpans(joined.text, unbroken)))];
  };
  return { forms: forms.length + 2 * plain.length, find };
}

function inOriginal(view: TextView, spans: readonly Span[]): Span[] {
  return spans.map((span) => ({ ...span, ...view.original(span) }));
}

/** Of occurrences that overlap, and have no end, as of one letter in a row, not more are told apart than the text has room for. */
function exactSpans(text: string, forms: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const form of forms) {
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
