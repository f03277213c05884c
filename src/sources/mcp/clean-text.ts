import { takenFromServers } from '../../shared/odd-characters.ts';

/** Text of a stranger, safe to show: without invisible characters (what emoji are joined and coloured by stays), cut at `most` UTF-16 units. */
export function cleanText(text: string, most: number): string {
  const shown = text.slice(0, most).replace(takenFromServers, '');
  return text.length > most ? `${shown}…` : shown;
}

/** A name that can stand in a mode key: up to 128 visible characters, no white space. */
export function isVisibleName(text: string): boolean {
  return /^[[\p{L}\p{M}\p{N}\p{P}\p{S}]--\p{Default_Ignorable_Code_Point}]{1,128}$/v.test(text);
}
