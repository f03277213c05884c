// Which characters hide, turn or imitate other text, or are obeyed by what shows them. Decided here, once: the page, the command
// line, the log and the export all load this. People decide by what they see of what agents and servers send.

/** Always odd, but for tab and line feed: Unicode's own properties, and what looks like a space and has none of them. */
const always = [
  // Controls, formats (joiners, direction, tags), halves of characters, private use, unassigned.
  String.raw`\p{C}`,
  // Line ends for some programs, and not for others.
  String.raw`\p{Zl}\p{Zp}`,
  // What a font may leave out: fillers, variation selectors.
  String.raw`\p{Default_Ignorable_Code_Point}`,
  // Every space but the usual one; braille without dots, a note without a head, and the mark of an object that is not there.
  String.raw`[\p{Zs}--\u0020]\u2800\u{1d159}\ufffc`,
  // Marks that enclose or strike through what stands before them.
  String.raw`\p{Me}\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5\u20e6\u20ea\u20eb`,
  // Begins what stands in place of a character: nobody else may write it.
  '‹',
].join('');

const wide = String.raw`[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]`;

/** Marks where no script puts them: on no letter, too many on one, or one twice, which looks like once. */
const strayMarks = [
  String.raw`(?<![\p{L}\p{M}])\p{M}`,
  String.raw`(?<=\p{M}{4})\p{M}`,
  String.raw`(?<=${wide}\p{M}{2})\p{M}`,
  String.raw`(?<=(?<twice>\p{Mn}))\k<twice>`,
].join('|');

/** With the marks that follow it: they would stand on what is shown in its place. */
const oddCharacters = String.raw`(?:(?![\t\n])[${always}]|${strayMarks})\p{M}*`;

/** Each with what emoji are joined by. For `search` and `matchAll`, which keep no place in it. */
const anyOdd = /* @__PURE__ */ new RegExp(oddCharacters, 'gv');

const mayBeEmoji = /\u200d|\ufe0f/;

/**
 * A sequence that Unicode recommends as one emoji (👩‍💻, ❤️, 1️⃣): a list that is closed, so that nothing can be put into it.
 * Flags that are spelled in tags are not among them. Made when a text first needs it: that takes some milliseconds.
 */
let emojiOrOdd: RegExp | undefined;
function emojiOrOddPattern(): RegExp {
  emojiOrOdd ??= new RegExp(
    String.raw`(?=\p{Emoji}\p{Emoji_Modifier}?\ufe0f?[\u200d\u20e3\ufe0f])(?<emoji>\p{RGI_Emoji_ZWJ_Sequence}|\p{Emoji_Keycap_Sequence}|\p{Basic_Emoji})|${oddCharacters}`,
    'gv',
  );
  return emojiOrOdd;
}

/** A text in parts: an odd character is a part of its own. */
export interface TextPart {
  readonly text: string;
  readonly isOdd: boolean;
}

/** All of the text, in its order. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  const pattern = mayBeEmoji.test(text) ? emojiOrOddPattern() : anyOdd;
  for (const { 0: found, index, groups } of text.matchAll(pattern)) {
    if (groups?.['emoji'] !== undefined) continue;
    if (index > from) parts.push({ text: text.slice(from, index), isOdd: false });
    for (const character of found) parts.push({ text: character, isOdd: true });
    from = index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isOdd: false });
  return parts;
}

/** The text with something in place of each odd character. */
export function replaceOdd(text: string, name: (character: string) => string): string {
  if (text.search(anyOdd) === -1) return text;
  return partsOf(text)
    .map((part) => (part.isOdd ? name(part.text) : part.text))
    .join('');
}

/** A character by its code point: `U+202E`. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function named(character: string): string {
  return `‹${codePointName(character)}›`;
}

/** Plain text with every odd character by its name: `pay‹U+200D›ment`. No two texts come out alike. */
export function visible(text: string): string {
  return replaceOdd(text, named);
}

/** The same on one line: tabs and line ends are named too. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\t\n]/g, named);
}

/** A sentence of ours, with others' words in it, which may have been made visible before: names stay as they are. */
export function visibleSentence(text: string): string {
  return replaceOdd(text, (character) => (character === '‹' ? character : named(character)));
}

/** JSON with every odd character as JSON escapes it, `\u202e`, so that it reads back as the same. */
export function visibleJson(json: string): string {
  return replaceOdd(json, jsonEscaped);
}

/** One `\uXXXX` for each UTF-16 unit. */
function jsonEscaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/**
 * What is taken out of what an MCP server says of its tools, before anything is made of it: what shows nothing. Everything else
 * that is odd stays, and is named where it is shown. For `replace`.
 */
export const takenFromServers = /* @__PURE__ */ new RegExp(
  String.raw`(?![\t\n\u200d\ufe0f])[\p{C}\p{Default_Ignorable_Code_Point}]`,
  'gv',
);
