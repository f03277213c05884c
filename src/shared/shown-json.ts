// JSON of which parts are hidden, and how it is read. The hidden parts are data beside the text, and no words within it: nothing
// that somebody writes into the text can pass for one.
import { jsonTokens } from './json-text.ts';

/** A part of a text as it is, or how many characters (code points) of it are hidden. */
export type Piece = string | { readonly hidden: number };

/** A JSON value to be drawn, with every member in its order, also those of one name. */
export type ShownJson =
  | { readonly kind: 'object'; readonly members: readonly ShownMember[] }
  | { readonly kind: 'list'; readonly items: readonly ShownJson[] }
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  /** A number, `true`, `false` or `null` as it is written, or a value that is hidden whole; nested too deep to be drawn, its JSON. */
  | { readonly kind: 'literal' | 'deep'; readonly pieces: readonly Piece[] };

export interface ShownMember {
  readonly name: readonly Piece[];
  readonly value: ShownJson;
}

/** Stands for a hidden part while the text is read. JSON cannot hold it: it is escaped there. */
const hole = '\0';

/** How many characters are hidden in all, and in how many places. */
export function hiddenIn(pieces: readonly Piece[]): { readonly places: number; readonly characters: number } {
  const holes = pieces.filter((piece) => typeof piece !== 'string');
  return { places: holes.length, characters: holes.reduce((sum, { hidden }) => sum + hidden, 0) };
}

/** Reads JSON, of which all is nested at most `deepest` values deep that is to be drawn. */
export function readShown(json: readonly Piece[], deepest: number): ShownJson {
  return new Reader(json).value(deepest);
}

class Reader {
  readonly #text: string;
  readonly #tokens: ReturnType<typeof jsonTokens>;
  readonly #holes: Iterator<Piece>;
  #next: ReturnType<ReturnType<typeof jsonTokens>['next']>;

  constructor(json: readonly Piece[]) {
    ({ text: this.#text, holes: this.#holes } = withHoles(json));
    this.#tokens = jsonTokens(this.#text);
    this.#next = this.#tokens.next();
  }

  value(deepest: number): ShownJson {
    const token = this.#take();
    if (token.kind === 'text') return { kind: 'text', pieces: this.#decoded(token) };
    if (token.kind === 'literal') return { kind: 'literal', pieces: this.#written(token.start, token.end) };
    if (deepest === 0) return { kind: 'deep', pieces: this.#written(token.start, this.#afterClosing()) };
    return token.kind === '{'
      ? { kind: 'object', members: this.#listed(() => this.#member(deepest - 1)) }
      : { kind: 'list', items: this.#listed(() => this.value(deepest - 1)) };
  }

  #member(deepest: number): ShownMember {
    const name = this.#decoded(this.#take());
    this.#take();
    return { name, value: this.value(deepest) };
  }

  /** What stands between commas, up to the closing mark. */
  #listed<T>(read: () => T): T[] {
    const all: T[] = [];
    while (!this.#isClosing()) {
      all.push(read());
      if (!this.#isClosing()) this.#take();
    }
    this.#take();
    return all;
  }

  #isClosing(): boolean {
    return !this.#next.done && (this.#next.value.kind === '}' || this.#next.value.kind === ']');
  }

  #afterClosing(): number {
    let open = 1;
    let end = 0;
    while (open > 0) {
      const token = this.#take();
      if (token.kind === '{' || token.kind === '[') open++;
      if (token.kind === '}' || token.kind === ']') open--;
      end = token.end;
    }
    return end;
  }

  #take() {
    if (this.#next.done) throw new SyntaxError('the JSON ends too early');
    const token = this.#next.value;
    this.#next = this.#tokens.next();
    return token;
  }

  #written(start: number, end: number): Piece[] {
    return this.#pieces(this.#text.slice(start, end), (part) => part);
  }

  #decoded({ start, end }: { readonly start: number; readonly end: number }): Piece[] {
    // No hidden part begins or ends within an escape.
    return this.#pieces(this.#text.slice(start + 1, end - 1), (part) => String(JSON.parse(`"${part}"`)));
  }

  /** In the order of the text, so that each takes its own hidden parts. */
  #pieces(text: string, read: (part: string) => string): Piece[] {
    return refilled(text, this.#holes, read);
  }
}

/** How many blanks a line begins with for each value that it lies within. */
const step = 2;
/** With how many blanks a line begins at most, however deep it is nested. */
const widest = 80;

/** The same JSON over several lines, with its hidden parts. */
export function prettyShown(json: readonly Piece[]): Piece[] {
  const { text, holes } = withHoles(json);
  const lines: string[] = [];
  let depth = 0;
  let before = '';
  const newLine = () => `\n${' '.repeat(Math.min(depth * step, widest))}`;
  for (const { kind, start, end } of jsonTokens(text)) {
    const isClosing = kind === '}' || kind === ']';
    const isOpening = kind === '{' || kind === '[';
    const wasOpening = before === '{' || before === '[';
    if (isClosing) depth--;
    if (isClosing ? !wasOpening : wasOpening || before === ',') lines.push(newLine());
    lines.push(kind === ':' ? ': ' : text.slice(start, end));
    if (isOpening) depth++;
    before = kind;
  }
  return refilled(lines.join(''), holes, (part) => part);
}

function withHoles(json: readonly Piece[]): { readonly text: string; readonly holes: Iterator<Piece> } {
  return {
    text: json.map((piece) => (typeof piece === 'string' ? piece : hole)).join(''),
    holes: json.filter((piece) => typeof piece !== 'string').values(),
  };
}

/** A text with its hidden parts again, each taken from `holes` in turn; what stands between them as `read` reads it. */
function refilled(text: string, holes: Iterator<Piece>, read: (part: string) => string): Piece[] {
  return text.split(hole).flatMap((part, index) => {
    // One hole stands between two parts.
    const hidden = index === 0 ? [] : [holes.next().value as Piece];
    return part === '' ? hidden : [...hidden, read(part)];
  });
}
