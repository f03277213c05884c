import { takenFromServers } from '../../shared/odd-characters.ts';

/**
 * Text of a stranger, safe to show: without invisible characters (what emoji are joined and coloured by stays), cut at `most` UTF-16
 * units at the latest. It is cut between words: a credential that stands across the end is gone whole, where its beginning would not be
 * known for one. Of a single word that is longer nothing is left.
 */
export function cleanText(text: string, most: number): string {
  if (text.length <= most) return text.replace(takenFromServers, '');
  const head = text.slice(0, most);
  return `${head.slice(0, afterLastWord(head)).replace(takenFromServers, '').trimEnd()}…`;
}

/** Where the last whole word ends. Characters beyond ASCII stand in no credential, and many scripts write without blanks. */
function afterLastWord(head: string): number {
  for (let end = head.length; end > 0; end--) {
    const code = head.charCodeAt(end - 1);
    // Not between the two halves of a character.
    if (code <= 0x20 || (code >= 0x80 && (code < 0xd800 || code > 0xdbff))) return end;
  }
  return 0;
}

/** A name that can stand in a mode key: up to 128 visible characters, no white space. */
export function isVisibleName(text: string): boolean {
  return /^[[\p{L}\p{M}\p{N}\p{P}\p{S}]--\p{Default_Ignorable_Code_Point}]{1,128}$/v.test(text);
}
