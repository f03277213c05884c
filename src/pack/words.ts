/**
 * The words of one line of a script. Blanks and tabs part them; quotes of either kind hold them together and are no part
 * of them; a backslash makes the next character literal, in quotes too, and stands for itself at the end of the line.
 * `''` is a word, and empty. Answers `undefined` where a quote is not closed.
 */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '\\') {
      at++;
      word = (word ?? '') + (at < line.length ? line.charAt(at) : character);
    } else if (quote !== undefined) {
      if (character === quote) quote = undefined;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === ' ' || character === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
