/** Control, format and unassigned characters: escape sequences, text that runs backwards, text that cannot be seen. */
const invisible = /[^\P{C}\n\t\u200d]/gu;

/** Text of a stranger, safe to show: without invisible characters (the joiner inside emoji stays), cut at `most` UTF-16 units. */
export function cleanText(text: string, most: number): string {
  const shown = text.slice(0, most).replace(invisible, '');
  return text.length > most ? `${shown}…` : shown;
}

/** A name that can stand in a mode key: up to 128 visible characters, no white space. */
export function isVisibleName(text: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,128}$/u.test(text);
}
