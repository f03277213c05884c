import { codePointName, oddOnPage } from '../../src/shared/odd-characters.ts';

interface Part {
  readonly text: string;
  readonly isOdd: boolean;
}

/** A text in parts; an odd character is a part of its own, and is its code point's name: `U+202E`. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(oddOnPage)) {
    if (index > from) parts.push({ text: text.slice(from, index), isOdd: false });
    parts.push({ text: codePointName(character), isOdd: true });
    from = index + character.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isOdd: false });
  return parts;
}

/** Somebody else's text for where only plain text can stand, as in an option or a title: odd characters by name, in brackets. */
export function visible(text: string): string {
  return partsOf(text)
    .map((part) => (part.isOdd ? `[${part.text}]` : part.text))
    .join('');
}
