import type { Steps } from '../lib/steps.ts';
import { type Replaced, type TextView, ViewBuilder, viewOf } from './text-view.ts';

/** An escape of JSON or a shell, however many times it was escaped again, and a character of ASCII in a URL. */
const escapes = /\\+(?:u[0-9A-Fa-f]{4}|[^\\]|$)|%[0-7][0-9A-Fa-f]/g;

/** What a backslash makes of a letter, and of the end of a line, which then goes on. */
const meanings: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: ' ',
  f: ' ',
  '\n': ' ',
  '\r': ' ',
};

/**
 * The text with its escapes undone, all levels of JSON inside JSON in one pass: a name, a token and a quote look the same however
 * deep they stand. (A backslash that is meant as one is lost; that hides more, not less.)
 */
export function readable(text: string): TextView {
  return hasEscapes(text) ? viewOf(text, unescaped(text)) : asItIs(text);
}

/** The same in steps, for a text that may be long. */
export function* readableInSteps(text: string): Steps<TextView> {
  if (!hasEscapes(text)) return asItIs(text);
  const view = new ViewBuilder(text);
  let pieces = 0;
  for (const piece of unescaped(text)) {
    view.add(piece);
    pieces += 1;
    if (pieces % mostPieces === 0) yield;
  }
  return view.finish();
}

/** Escapes that are undone in one step. */
const mostPieces = 8_192;

function hasEscapes(text: string): boolean {
  return /[\\%]/.test(text);
}

function asItIs(text: string): TextView {
  return { text, original: (range) => range };
}

function* unescaped(text: string): Generator<Replaced> {
  for (const { index, 0: escape } of text.matchAll(escapes)) {
    yield { start: index, end: index + escape.length, by: meaningOf(escape) };
  }
}

function meaningOf(escape: string): string {
  if (escape.startsWith('%')) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  const last = escape.at(-1) ?? '';
  const unicode = escape.at(-5) === 'u' ? escape.slice(-4) : '';
  if (unicode !== '') return String.fromCharCode(Number.parseInt(unicode, 16));
  return meanings[last] ?? last;
}

/** The text with its lines joined, without what they are indented by: what was wrapped is whole again. */
export function unwrapped(text: string): TextView {
  const ends = text.matchAll(/\r?\n[ \t]*/g);
  return viewOf(
    text,
    ends.map(({ index, 0: end }) => ({ start: index, end: index + end.length, by: '' })),
  );
}
