/** One word of a POSIX shell (XCU 2.2.2): within single quotes everything stands for itself, but the quote. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same, without quotes where it needs none. */
export function shellWord(text: string): string {
  return /^[\w.:/@][\w.:/@-]*$/.test(text) ? text : shellQuoted(text);
}
