import { isNoValue } from './placeholder.ts';
import type { Span } from './ranges.ts';
import { isSecretKey } from './secret-keys.ts';
import type { TextView } from './text-view.ts';

/** Letters of which one triple stands in every name of a credential: where the search for names begins. */
export const nameTriples: readonly string[] =
  'tok sec pas wd= pwd wd: wd" key cre ook uth jwt pin otp cvv cvc nne nns psk rec ack see tls sid gna _pw pw='.split(
    ' ',
  );

const nameCharacter = /[\w$.-]/;
/** UTF-16 units of a name in a text; a longer one names nothing. */
const longestName = 80;

/** Between a name and its value: quote and bracket that end the name, then a mark, or `value` as the next name. */
const separator =
  /(?<quote>["'`]?)\]?(?:[ \t]{0,20}(?<mark>=>|:=|[:=](?![=~>]))[ \t]{0,40}|(?<next>[ \t,]{0,8}\s{0,40}-?["']?(?:value|Value|VALUE|val|stringValue|content)["']?\s{0,8}[:=]\s{0,8}))/y;
/** An option of a command, or a word of SQL, with its value behind a space; a tag. */
const bySpace = /[ \t]{1,4}(?=[^\s-])/y;

/** A variable that has its type before its value. */
const typed = /[ \t]{0,4}\??:[ \t]{0,4}&?(?:'\w{1,12} )?[\w.<>[\]?]{1,40}[ \t]{0,4}=[ \t]{0,4}(?=["'`])/y;
/** The next argument, where a function sets a name, and the text behind an option in a list of arguments. */
const argument = /["'],\s{0,8}(?=["'])/y;
/** What JSON writes without quotes. */
const literal = /^(?:true|false|null|-?\d)/;
/** What is filled in later, alone. */
const template = /(?:\$?\{\{?[^{}\n]{0,80}\}\}?|\$\([^()\n]{0,80}\))(?=[\s"',;)\]]|$)/y;

const headers = /^(?:proxy-)?authorization$|^(?:set-)?cookie$/i;
const passwordLike = /pass|pwd|passwd|pin|otp|secret/i;

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
    const value = this.#valueBehind(start, end);
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

  #valueBehind(start: number, end: number): Place | undefined {
    const text = this.#text;
    typed.lastIndex = end;
    if (typed.test(text)) return { at: typed.lastIndex, isJson: false, mark: '=' };
    const quoteBefore = quoteAt(text, start - 1);
    if (quoteBefore !== '' && text[end] === quoteBefore && text[end + 1] === '>')
      return { at: end + 2, isJson: false, mark: '<' };
    if (
      /^set[A-Z]/.test(text.slice(start, end).split('.').at(-1) ?? '') &&
      /^\(["'`]/.test(text.slice(end, end + 2))
    )
      return { at: end + 1, isJson: false, mark: '=' };
    argument.lastIndex = end;
    const introduced = text.slice(Math.max(0, start - 24), start);
    if (argument.test(text) && /(?:(?:define|setenv|putenv|set\w{0,12})\(["']|["']--)$/i.test(introduced))
      return { at: argument.lastIndex, isJson: false, mark: ',' };
    separator.lastIndex = end;
    const match = separator.exec(text);
    if (match !== null) {
      const { quote = '', mark, next } = match.groups ?? {};
      const isQuoted = quote !== '' && text[start - 1] === quote;
      if (quote !== '' && !isQuoted && text[separator.lastIndex - match[0].length - 1] !== '[') {
        // The quote ends a value that the name is: only the next name tells more.
        if (next === undefined) return undefined;
      }
      return { at: separator.lastIndex, isJson: isQuoted, mark: mark ?? 'value' };
    }
    if (text[end] === '>' && text[start - 1] === '<') return { at: end + 1, isJson: false, mark: '<' };
    bySpace.lastIndex = end;
    if (!bySpace.test(text)) return undefined;
    const at = bySpace.lastIndex;
    const before = text.slice(Math.max(0, start - 80), start);
    if (
      before.endsWith('--') ||
      /(?:\blogin[ \t]+\S+\s{0,20}\n?|\bset[ \t]+-\w{1,4}|\bset(?:x|env)|^ENV|\nENV)\s{1,20}$/.test(before)
    )
      return { at, isJson: false, mark: ' ' };
    const isSql = /["']/.test(text[at] ?? '') && /^password$/i.test(text.slice(start, end));
    return isSql ? { at, isJson: false, mark: ' ' } : undefined;
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
    const range = headers.test(name) ? credentialsOf(name, text.slice(from, to), from) : { from, to };
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
    if (headers.test(name) && mark === ':') return lineEnd;
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

interface Place {
  readonly at: number;
  readonly isJson: boolean;
  readonly mark: string;
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

const schemes =
  /^(?:Basic|Bearer|Digest|Token|Negotiate|NTLM|ApiKey|Key|AWS4-HMAC-SHA256|SharedKey|GenieKey|Splunk)\s+/i;

/** Of a header the credentials alone: the scheme, and what stands around the value of a cookie, may be read. */
function credentialsOf(name: string, value: string, from: number): { from: number; to: number } {
  if (/^set-cookie$/i.test(name)) {
    const [, before = '', cookie = value] = /^([^=;]*=)([^;]*)/.exec(value) ?? [];
    return { from: from + before.length, to: from + before.length + cookie.length };
  }
  const [scheme = ''] = schemes.exec(value) ?? [];
  return { from: from + scheme.length, to: from + value.trimEnd().length };
}

/** What no quotes mark as a text: numbers and words of languages, calls, members, and prose. */
function isPlain(value: string, name: string, { mark, isJson }: Place, next: string): boolean {
  if (headers.test(name)) return isProse(value);
  if (isJson) return true;
  if (/^-?\d+(?:\.\d+)?$/.test(value)) return !(mark !== ':' && passwordLike.test(name) && value.length >= 4);
  if (next === ' ' && /^(?:await|new|async|function|typeof|yield|lambda|not)$/.test(value)) return true;
  if (mark === '=' && /^[^\s(]+$/.test(value) && next !== '(' && !member.test(value)) return false;
  if (/[([]/.test(value) || member.test(value)) return true;
  const isWord = /^[A-Za-z]+[.,:;!?]?$/.test(value);
  return isWord && next === ' ';
}

/** `process.env.TOKEN`, `config.secret`, `this.token`. */
const member = /^(?:[A-Za-z_$][A-Za-z_$]*\??\.)+[A-Za-z_$]+(?:[([].*)?$/;

/** Words in a row, none of them long enough to be a credential. */
function isProse(value: string): boolean {
  if (/^[a-z]+(?: [a-z]+)*[.:]?$/i.test(value) && value.length < 60) return true;
  return value.split(' ').length > 2 && !/[="]|\S{16}/.test(value);
}
