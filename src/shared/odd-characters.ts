// Which characters hide, turn or imitate other text, or are obeyed by what shows them: decided here for every surface. People
// decide by what they see of what agents and servers send.

/** Kinds of characters, as members of a class in a regular expression. */
const kinds = {
  /** Obeyed rather than shown: escape sequences begin with one. */
  control: String.raw`\p{Cc}`,
  /** Show nothing, and some turn the direction of text. */
  format: String.raw`\p{Cf}`,
  /** Half of a character, without the other half. */
  surrogate: String.raw`\p{Cs}`,
  privateUse: String.raw`\p{Co}`,
  unassigned: String.raw`\p{Cn}`,
  /** End a line for some programs, and not for others. */
  lineSeparator: String.raw`\p{Zl}\p{Zp}`,
  /** A font may leave them out (Unicode, Default_Ignorable_Code_Point). */
  ignorable: String.raw`\p{Default_Ignorable_Code_Point}`,
  /** Look like a space, and are none. */
  blank: String.raw`\u00a0\u2000-\u200a\u202f\u205f\u2800\u3000`,
} as const;

const emoji = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}#*0-9]\ufe0f?`;
const joined = String.raw`[[\p{L}\p{M}]--[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]]`;

/** What is as it seems all the same, as a regular expression of its own. */
const harmless = {
  tabAndLine: String.raw`[\t\n]`,
  /** What emoji are joined and coloured by, wherever it is. */
  emojiParts: String.raw`[\u200d\ufe0f]`,
  /** Scripts that are written with it have it between letters. */
  nonJoiner: String.raw`\u200c`,
  /** Joiners and variation selectors beside emoji, and joiners between letters of scripts that are written with them. */
  asWritten: [
    String.raw`(?<=${emoji})\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=[\p{Extended_Pictographic}#*0-9])\ufe0f`,
    String.raw`(?<=${joined})[\u200c\u200d](?=${joined})`,
  ].join('|'),
} as const;

interface Odd {
  readonly kinds: readonly (keyof typeof kinds)[];
  readonly but: readonly (keyof typeof harmless)[];
}

// Each surface is a constant of its own, and its making has no effect, so that a page carries only what it uses. All are for
// `matchAll`, `replace` and `search`, which keep no place in them.

/** Shown by name on the page. */
export const oddOnPage = /* @__PURE__ */ patternOf({
  kinds: ['control', 'format', 'surrogate', 'privateUse', 'lineSeparator', 'ignorable', 'blank'],
  but: ['asWritten', 'tabAndLine'],
});
/** Written as `\uXXXX` in a terminal, which has no means to show them otherwise. */
export const oddInTerminal = /* @__PURE__ */ patternOf({
  kinds: ['control', 'format', 'lineSeparator', 'ignorable'],
  but: ['tabAndLine', 'emojiParts', 'nonJoiner'],
});
/** In a command that is copied into a shell: not even a line's end. */
export const oddWhenPasted = /* @__PURE__ */ patternOf({
  kinds: ['control', 'format', 'surrogate', 'lineSeparator'],
  but: [],
});
/** Taken out of what an MCP server says of its tools. */
export const oddFromServer = /* @__PURE__ */ patternOf({
  kinds: ['control', 'format', 'surrogate', 'privateUse', 'unassigned', 'ignorable'],
  but: ['tabAndLine', 'emojiParts'],
});
/** In one line of a record. */
export const oddInRecord = /* @__PURE__ */ patternOf({
  kinds: ['control', 'format', 'surrogate', 'privateUse', 'unassigned', 'lineSeparator'],
  but: [],
});

function patternOf(odd: Odd): RegExp {
  const but = odd.but.map((name) => harmless[name]).join('|');
  const oneOf = `[${odd.kinds.map((kind) => kinds[kind]).join('')}]`;
  return new RegExp(but === '' ? oneOf : `(?!${but})${oneOf}`, 'gv');
}

/** A character by its code point: `U+202E`. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A character as JSON escapes it, one `\uXXXX` for each UTF-16 unit, so that it reads back as the same. */
export function jsonEscaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
