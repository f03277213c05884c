import { isNoValue } from './placeholder.ts';
import { credentialsOf, isHeader, isPlain } from './plain-values.ts';
import type { Span } from './ranges.ts';
import { isSecretKey } from './secret-keys.ts';
import type { TextView } from './text-view.ts';
import { type Place, valueBehind } from './value-places.ts';

/** Letters of which one triple stands in every name of a credential: where the search for names begins. */
export const nameTriples: readonly string[] =
  'tok sec pas wd= pwd wd: wd" key cre ook uth jwt pin otp cvv cvc nne nns psk rec ack see tls sid gna _pw pw='.split(
    ' ',
  );

const nameCharacter = /[\w$.-]/;
/** UTF-16 units of a name in a text; a longer one names nothing. */
const longestName = 80;

/** What JSON writes without quotes. */
const literal = /^(?:true|false|null|-?\d)/;
/** What is filled in later, alone. */
const template = /(?:\$?\{\{?[^{}\n]{0,80}\}\}?|\$\([^()\n]{0,80}\))(?=[\s"',;)\]]|$)/y;

/** Reads what stands behind the names of credentials in one text. Asked in ascending order, it reads nothing twice. */
export class NamedValues {
  readonly #text: string;
  readonly #view: TextView;
  readonly #spans: Span[] = [];
  /** What is read already. */
  #done = 0;
  /** By the quote that ends a line besides, where the line ends that was looked at last. */
  readonly #lineEnds = new Map<string, number>();

  constructor(view: TextView) {
    this.#view = view;
    this.#text = view.text;
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  /** A triple of a name stands at `at`. */
  look(at: number): void {
    if (at < this.#done) return;
    const [start, end] = this.#nameAround(at);
    this.#done = end;
    if (end - start > longestName) return;
    const value = valueBehind(this.#text, start, end);
    if (value === undefined) return;
    const name = this.#text.slice(start, end);
    if (!isSecretKey(name) && !isSecretKey(this.#withWordBefore(start, end))) return;
    this.#read(name, start, value);
  }

  #nameAround(at: number): readonly [start: number, end: number] {
    let start = at;
    while (start > this.#done && at - start <= longestName && nameCharacter.test(this.#text[start - 1] ?? ''))
      start--;
    let end = at;
    while (end < this.#text.length && nameCharacter.test(this.#text[end] ?? '')) end++;
    // An option's dashes are none of its name.
    while (start < at && /[.-]/.test(this.#text[start] ?? '')) start++;
    return [start, end];
  }

  /** `API key`, `Client Secret`: two words are a name, too. */
  #withWordBefore(start: number, end: number): string {
    const [before = ''] = /[A-Za-z]{2,12} $/.exec(this.#text.slice(Math.max(0, start - 14), start)) ?? [];
    return before + this.#text.slice(start, end);
  }

  #read(name: string, nameAt: number, place: Place): void {
    const text = this.#text;
    let { at } = place;
    if (place.isJson || place.mark === 'value') while (/\s/.test(text[at] ?? '')) at++;
    if (place.isJson && /[[{]/.test(text[at] ?? '')) return this.#hideInside(name, at);
    const opening = text[at] ?? '';
    if (place.isJson && literal.test(text.slice(at, at + 8))) return;
    template.lastIndex = at;
    if (template.test(text)) return;
    const isQuoted = /["'`]/.test(opening);
    const outer = isQuoted || place.isJson ? '' : quoteAt(text, nameAt - 1);
    const from = isQuoted ? at + 1 : at;
    const to = isQuoted
      ? this.#closing(opening, at, place.isJson)
      : this.#bareEnd(name, nameAt, { ...place, at }, outer);
    this.#done = Math.max(this.#done, to);
    const range = isHeader(name) ? credentialsOf(name, text.slice(from, to), from) : { from, to };
    const value = text.slice(range.from, range.to);
    const bare = isQuoted ? value : value.replace(/[.,;:!?)\]]{1,3}$/, '');
    if (
      isNoValue(value) ||
      isNoValue(bare) ||
      (!isQuoted && isPlain(value, name, place, text[range.to] ?? ''))
    )
      return;
    this.#hide(name, range.from, range.to);
  }

  #hide(name: string, from: number, to: number): void {
    if (to > from)
      this.#spans.push({
        ...this.#view.original({ start: from, end: to }),
        reason: `the value of ${name.slice(0, 40)}`,
      });
  }

  /** The quote that ends a text: no more escaped than the one that began it, and, but for JSON, on the same line. */
  #closing(quote: string, opening: number, isJson: boolean): number {
    const text = this.#text;
    const level = this.#width(opening);
    for (let at = opening + 1; at < text.length; at++) {
      const character = text[at];
      if (character === quote && this.#width(at) <= level) return at;
      if (character === '\n' && (!isJson || this.#width(at) === 1)) return at;
    }
    return text.length;
  }

  /** How many characters of the original a character is: more where it was escaped. */
  #width(at: number): number {
    const { start, end } = this.#view.original({ start: at, end: at + 1 });
    return end - start;
  }

  #bareEnd(name: string, nameAt: number, { at, mark }: Place, outer: string): number {
    const text = this.#text;
    const lineEnd = this.#endOfLine(at, outer);
    if (isHeader(name) && mark === ':') return lineEnd;
    if (mark === '<') return clip(text.indexOf('<', at), lineEnd);
    if (/phrase/i.test(name) && mark === ':') return lineEnd;
    const pattern = mark === '=' && isLineStart(text, nameAt) && outer === '' ? untilSpace : untilMark;
    pattern.lastIndex = at;
    return Math.min(at + (pattern.exec(text)?.[0].length ?? 0), lineEnd);
  }

  /** Many values may stand in one line: its end is looked for once. */
  #endOfLine(at: number, outer: string): number {
    const known = this.#lineEnds.get(outer) ?? -1;
    if (at <= known) return known;
    const pattern = outer === '' ? /[\n\r]/g : new RegExp(`[\\n\\r${outer}]`, 'g');
    pattern.lastIndex = at;
    const end = pattern.exec(this.#text)?.index ?? this.#text.length;
    this.#lineEnds.set(outer, end);
    return end;
  }

  /** Under a name of a credential every text inside an object or a list is one. */
  #hideInside(name: string, opening: number): void {
    const text = this.#text;
    let depth = 0;
    let at = opening;
    for (; at < text.length; at++) {
      const character = text[at] ?? '';
      if (character === '{' || character === '[') depth++;
      else if (character === '}' || character === ']') depth--;
      else if (character === '"') {
        const end = this.#closing('"', at, true);
        const isKey = /^"?\s{0,8}:/.test(text.slice(end, end + 10));
        if (!isKey && !isNoValue(text.slice(at + 1, end))) this.#hide(name, at + 1, end);
        at = end;
      }
      if (depth === 0) break;
    }
    this.#done = Math.max(this.#done, at);
  }
}

/** A line of a file of variables: all of it belongs to the value. */
const untilSpace = /(?:[^\s&"]|"(?=\S)|&(?![A-Za-z_][\w.-]{0,40}=))*/y;
/** Elsewhere a mark ends the value where something new begins behind it. */
const untilMark = /(?:[^\s"'`<>&;,)}\]|]|[&;,|)}\]](?!\s|$|["'&|)}\]:]|[A-Za-z_][\w .-]{0,40}[=:]))*/y;

function quoteAt(text: string, at: number): string {
  const character = text[at] ?? '';
  return /["'`]/.test(character) ? character : '';
}

function clip(at: number, most: number): number {
  return at === -1 ? most : Math.min(at, most);
}

/** Whether nothing but what introduces a variable stands before it on its line. */
function isLineStart(text: string, at: number): boolean {
  return /(?:^|[\n\r])[ \t]{0,20}(?:export |set |setx |ENV |ARG |-e |env |\$env:)?$/.test(
    text.slice(Math.max(0, at - 32), at),
  );
}
