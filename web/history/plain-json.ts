/** Whatever is not seen, or is obeyed by what it is pasted into: controls, format characters, separators of lines. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** JSON of which every character is seen: what would not be is escaped, and so reads back as it was. `indent` in blanks. */
export function plainJson(value: unknown, indent = 0): string {
  const lines = (JSON.stringify(value, null, indent) ?? 'null').split('\n');
  return lines.map((line) => line.replace(unseen, escaped)).join('\n');
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
