/**
 * Characters that show nothing, or show other text in another order than it has: controls, format characters (bidirectional
 * ones among them), separators that are no space, and unpaired surrogates. A tab and a line end are what they seem, and the
 * two joiners belong to how some scripts and emoji are written.
 */
const odd =
  /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u115f\u1160\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]/u;
const parts = new RegExp(`(${odd.source})`, 'u');

export interface Part {
  readonly text: string;
  readonly isOdd: boolean;
}

/** A text in parts; an odd character is a part of its own, and is its code point's name: `U+202E`. */
export function partsOf(text: string): Part[] {
  return text
    .split(parts)
    .filter((part) => part !== '')
    .map((part) => (isOdd(part) ? { text: codePointName(part), isOdd: true } : { text: part, isOdd: false }));
}

function isOdd(part: string): boolean {
  return part.length <= 2 && odd.test(part);
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
