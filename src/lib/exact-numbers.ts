import { type JsonValue, parseJson } from './json.ts';

/** A number of a JSON text, and what a JavaScript number would make of it. */
export interface InexactNumber {
  readonly written: string;
  readonly held: string;
}

const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Fifteen digits are always held (ECMA-262, 6.1.6.1); most texts have no number that is longer, nor an exponent. */
const mayBeInexact = /[\d.]{16}|\d[eE]/;

/**
 * The first number of a valid JSON text that `JSON.parse` turns into another one: an id of nineteen digits, `1e400`. Takes time
 * in proportion to the text.
 */
export function inexactNumber(text: string): InexactNumber | undefined {
  for (const { written, held } of inexactNumbers(text)) return { written, held };
  return undefined;
}

/**
 * Reads JSON without making another number of any: one that a JavaScript number does not hold becomes a text of just what was
 * written, as RFC 7493 (I-JSON), section 2.2, advises. A text is another type; but whoever reads on, the page, a shell's `jq`, an
 * agent in JavaScript, would make a near number of a raw one again, and act upon somebody else's id. A fraction as C and Go write
 * it, with seventeen digits, stays a number: it is the same one. Throws `SyntaxError`.
 */
export function parseExactJson(text: string): JsonValue {
  const value = parseJson(text);
  const pieces: string[] = [];
  let done = 0;
  for (const { written, at } of inexactNumbers(text)) {
    if (isSame(written, Number(written).toPrecision(longestFraction)) && /[.eE]/.test(written)) continue;
    pieces.push(text.slice(done, at), `"${written}"`);
    done = at + written.length;
  }
  return done === 0 ? value : parseJson(pieces.join('') + text.slice(done));
}

/** Digits after which a fraction tells nothing more of the number that is held (IEEE 754, 5.12.2). */
const longestFraction = 17;

function* inexactNumbers(text: string): Generator<InexactNumber & { readonly at: number }> {
  if (!mayBeInexact.test(text)) return;
  for (let at = 0; at < text.length; ) {
    const character = text.charCodeAt(at);
    if (character === 0x22) at = afterString(text, at + 1);
    else if (character === 0x2d || (character >= 0x30 && character <= 0x39)) {
      number.lastIndex = at;
      const written = number.exec(text)?.[0] ?? '-';
      const held = Number(written);
      if (!isSame(written, String(held))) yield { written, held: String(held), at };
      at += written.length;
    } else at++;
  }
}

/** Whether a valid JSON text has more values and names than `most`. Takes time in proportion to the text, and makes nothing. */
export function hasMoreValues(text: string, most: number): boolean {
  let count = 1;
  for (let at = 0; at < text.length; ) {
    const character = text.charCodeAt(at);
    if (character === 0x22) at = afterString(text, at + 1);
    else {
      if ((character === 0x2c || character === 0x3a) && ++count > most) return true;
      at++;
    }
  }
  return false;
}

function afterString(text: string, begins: number): number {
  for (let quote = text.indexOf('"', begins); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

function isSame(written: string, held: string): boolean {
  if (held.endsWith('Infinity')) return false;
  const [one, other] = [decimal(written), decimal(held)];
  return one.digits === other.digits && (one.digits === '' || one.exponent === other.exponent);
}

/** The digits without zeros at either end, and the power of ten of the last one. */
function decimal(text: string): { digits: string; exponent: number } {
  const [mantissa = '', power = '0'] = text.replace('-', text.startsWith('-') ? '' : '-').split(/[eE]/);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let first = 0;
  while (all[first] === '0') first++;
  let last = all.length;
  while (last > first && all[last - 1] === '0') last--;
  return {
    digits: all.slice(first, last),
    exponent: Number(power) - fraction.length + (all.length - last),
  };
}
