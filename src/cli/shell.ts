import { usage } from './exit.ts';

/**
 * Words as a POSIX shell splits them: blanks between, quotes and backslashes around what belongs together. Nothing is
 * expanded: `$`, `*`, `|` and their like are ordinary characters. Throws `usage` for a quote that nothing closes.
 */
export function shellWords(text: string): string[] {
  const piece = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)|(\s+)/y;
  const words: string[] = [];
  let word: string | undefined;
  while (piece.lastIndex < text.length) {
    const from = piece.lastIndex;
    const found = piece.exec(text);
    if (found === null)
      throw usage(
        `The ${text[from] === '\\' ? 'backslash at the end has nothing behind it' : `quote ${text[from]} is not closed`} in: ${text}`,
      );
    const [, single, double, escaped, plain, blank] = found;
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '');
    }
  }
  return word === undefined ? words : [...words, word];
}
