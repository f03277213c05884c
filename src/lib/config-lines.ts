/** The lines of a file that say something, by their numbers. */
export function* configLines(text: string): Generator<readonly [number: number, line: string]> {
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line !== '' && !line.startsWith('#')) yield [at + 1, line];
  }
}
