import { partsOf } from './odd-characters.ts';

/** Somebody else's text for where only plain text can stand, as in an option or a title: odd characters by name, in brackets. */
export function visible(text: string): string {
  return partsOf(text)
    .map((part) => (part.isOdd ? `[${part.text}]` : part.text))
    .join('');
}
