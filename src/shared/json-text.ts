/** A token of JSON, and where it stands in its text, in UTF-16 units, the end excluded. */
export interface JsonToken {
  /** The mark itself; a text with its quotes; or a number, `true`, `false`, `null`. */
  readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'text' | 'literal';
  readonly start: number;
  readonly end: number;
}

const mark: ReadonlySet<string> = new Set('{}[],:');
const literal = /[^\s{}[\],:"]+/y;

/** The tokens of a valid JSON text, one after the other, however deep it is nested; in time proportional to the text. */
export function* jsonTokens(json: string): Generator<JsonToken> {
  for (let start = 0; start < json.length; ) {
    const first = json.charAt(start);
    if (mark.has(first)) {
      // What is in the set is one of the kinds.
      yield { kind: first as JsonToken['kind'], start, end: start + 1 };
      start++;
    } else if (first === '"') {
      const end = afterText(json, start + 1);
      yield { kind: 'text', start, end };
      start = end;
    } else {
      literal.lastIndex = start;
      const end = start + (literal.exec(json)?.[0].length ?? 0);
      if (end > start) yield { kind: 'literal', start, end };
      start = Math.max(end, start + 1);
    }
  }
}

function afterText(json: string, begins: number): number {
  for (let quote = json.indexOf('"', begins); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  throw new SyntaxError('a text in JSON has no end');
}
