import { longBase64 } from './long-base64.ts';
import { NamedValues, nameTriples } from './named-values.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Range, Span } from './ranges.ts';
import { findByRules, usedRules } from './secret-rules.ts';
import { isAlphanumeric, ShapeMatcher, type ShapePattern, shapePattern } from './shape-pattern.ts';
import { ShellSecrets, shellTriples } from './shell-secrets.ts';
import { type SpecialShape, specialShapes } from './special-shapes.ts';
import type { TextView } from './text-view.ts';
import { tokenShapes } from './token-shapes.ts';
import { Triples } from './triples.ts';

/** What a triple of characters hints at. */
type Hint =
  | { readonly kind: 'token'; readonly name: string; readonly shape: ShapePattern }
  | { readonly kind: 'special'; readonly shape: SpecialShape; readonly begins: string; readonly at: number }
  | { readonly kind: 'rule'; readonly rule: string; readonly begins: string; readonly at: number }
  | { readonly kind: 'shell' }
  | { readonly kind: 'name' };

const triples = new Triples<Hint>();
for (const { name, source } of tokenShapes) {
  const shape = shapePattern(source);
  const hint: Hint = { kind: 'token', name, shape };
  for (const triple of shape.anchor.triples) triples.add(triple, hint);
}
for (const shape of specialShapes)
  for (const begins of shape.begins) addWord(begins, (at) => ({ kind: 'special', shape, begins, at }));
for (const [rule, words] of Object.entries(usedRules))
  for (const begins of words) addWord(begins, (at) => ({ kind: 'rule', rule, begins, at }));
for (const triple of nameTriples) triples.add(triple, { kind: 'name' });
for (const triple of shellTriples) triples.add(triple, { kind: 'shell' });

/** The last three characters are marks more often than the first. */
function addWord(word: string, hint: (at: number) => Hint): void {
  const at = word.length - 3;
  triples.add(word.slice(at), hint(at));
}

/** UTF-16 units of a text that are read in one step. */
const stepLength = 32_768;

/**
 * Looks for the well-known shapes of credentials, and the values of their names. One pass; its cost is linear in the text.
 * `view` is the text with its escapes undone. Undefined where it holds nothing that hints at any.
 */
export function shapeSearch(view: TextView): ShapeSearch | undefined {
  return triples.isIn(view.text) ? new ShapeSearch(view) : undefined;
}

/** A search of one text. The text stays whole: a step says only how far the search has come. */
export class ShapeSearch {
  readonly #view: TextView;
  readonly #text: string;
  readonly #found: Span[] = [];
  readonly #matchers = new Map<ShapePattern, { matcher: ShapeMatcher; done: number }>();
  readonly #specials = new Map<SpecialShape, number>();
  readonly #rules = new Set<string>();
  readonly #names: NamedValues;
  readonly #shell: ShellSecrets;
  #read = 0;

  constructor(view: TextView) {
    this.#view = view;
    this.#text = view.text;
    this.#names = new NamedValues(view);
    this.#shell = new ShellSecrets(view);
  }

  /** Takes the next step; false where there is none. */
  advance(): boolean {
    if (this.#read < this.#text.length) this.#readOn();
    else if (this.#rules.size > 0) this.#runRule();
    else return false;
    return true;
  }

  /** Once no step is left: where they stand, and why. */
  get spans(): Span[] {
    const shapes = this.#found.length === 0 ? this.#found : this.#withoutChance();
    const named = [...this.#names.spans, ...this.#shell.spans];
    return [...shapes.map((span) => ({ ...span, ...this.#view.original(span) })), ...named];
  }

  #readOn(): void {
    const look = (hints: readonly Hint[], at: number) => {
      for (const hint of hints) this.#look(hint, at);
    };
    const end = Math.min(this.#read + stepLength, this.#text.length);
    triples.scan(this.#text, look, this.#read, end);
    this.#read = end;
  }

  /** Each reads the whole text. */
  #runRule(): void {
    const [name = ''] = this.#rules;
    this.#rules.delete(name);
    for (const { start, end, rule } of findByRules(this.#text, new Set([name]))) this.#add(start, end, rule);
  }

  #look(hint: Hint, at: number): void {
    if (hint.kind === 'name') this.#names.look(at);
    else if (hint.kind === 'token') this.#lookForToken(hint, at);
    else if (hint.kind === 'shell') this.#shell.look(at);
    else if (this.#text.startsWith(hint.begins, at - hint.at)) {
      if (hint.kind === 'rule') this.#rules.add(hint.rule);
      else this.#lookForSpecial(hint.shape, at - hint.at);
    }
  }

  #lookForToken({ name, shape }: Hint & { kind: 'token' }, at: number): void {
    const start = at - shape.anchor.at;
    let known = this.#matchers.get(shape);
    if (known === undefined) {
      known = { matcher: new ShapeMatcher(shape, this.#text), done: 0 };
      this.#matchers.set(shape, known);
    }
    if (start < known.done) return;
    const end = known.matcher.endAt(start);
    if (end === -1) return;
    known.done = end;
    this.#add(start, end, name);
  }

  #lookForSpecial(shape: SpecialShape, start: number): void {
    if (start < (this.#specials.get(shape) ?? 0)) return;
    if (!shape.isInWords && isAlphanumeric(this.#text.charCodeAt(start - 1))) return;
    shape.pattern.lastIndex = start;
    const match = shape.pattern.exec(this.#text);
    if (match === null) return;
    const end = start + match[0].length;
    this.#specials.set(shape, end);
    const secret = match.length > 1 ? (match.at(-1) ?? '') : match[0];
    this.#add(end - secret.length, end, shape.name);
  }

  #add(start: number, end: number, reason: string): void {
    if (!isPlaceholder(this.#text.slice(start, end))) this.#found.push({ start, end, reason });
  }

  /** Without what seems to begin inside a picture. */
  #withoutChance(): Span[] {
    const runs = longBase64(this.#text);
    return runs.length === 0
      ? this.#found
      : this.#found.filter((span) => !runs.some((run) => isInside(span, run)));
  }
}

function isInside(span: Range, run: Range): boolean {
  return span.start > run.start && span.start < run.end;
}
