import type { Range } from './ranges.ts';

/** Characters of base64 from which on it is a picture, a file or a key of its own, and no token among others. */
const longRun = 400;

/** Line for line, as it is wrapped, or in one piece. */
const lines = /(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{40,}(?:\r?\n[ \t]{0,32})?)+/g;

/**
 * Where long base64 stands. By chance it holds whatever is short and begins with letters alone: what seems to begin inside is none.
 * At its very beginning a token may stand, but not behind `base64,` as in a `data:` URL.
 */
export function longBase64(text: string): Range[] {
  const ranges: Range[] = [];
  for (const { index, 0: found } of text.matchAll(lines)) {
    if (found.length < longRun) continue;
    const start = text.startsWith('base64,', index - 7) ? index - 1 : index;
    ranges.push({ start, end: index + found.length });
  }
  return ranges;
}
