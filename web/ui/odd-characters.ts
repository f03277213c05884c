/**
 * Characters that show nothing, or show other text in another order than it has: controls, format characters (bidirectional
 * ones among them), whatever a font may leave out (Unicode, Default_Ignorable_Code_Point), separators that are no space, and
 * unpaired surrogates. A tab and a line end are what they seem. Joiners are what they seem between letters of scripts that are
 * written with them, and joiners and variation selectors beside emoji.
 */
const emoji = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}#*0-9]\ufe0f?`;
const joined = String.raw`[[\p{L}\p{M}]--[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]]`;
const asWritten = [
  String.raw`(?<=${emoji})\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=[\p{Extended_Pictographic}#*0-9])\ufe0f`,
  String.raw`(?<=${joined})[\u200c\u200d](?=${joined})`,
  String.raw`[\t\n]`,
].join('|');
const hides = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00a0\u2000-\u200a\u202f\u205f\u2800\u3000]`;
const odd = new RegExp(`(?!${asWritten})${hides}`, 'v');
const oddOnes = new RegExp(odd.source, 'gv');

export interface Part {
  readonly text: string;
  readonly isOdd: boolean;
}

/** A text in parts; an odd character is a part of its own, and is its code point's name: `U+202E`. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: character, index } of text.matchAll(oddOnes)) {
    if (index > from) parts.push({ text: text.slice(from, index), isOdd: false });
    parts.push({ text: codePointName(character), isOdd: true });
    from = index + character.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isOdd: false });
  return parts;
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
