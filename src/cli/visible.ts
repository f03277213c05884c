/**
 * What a terminal would obey or hide: control characters, and marks that turn the direction of text or are not seen. All
 * but tab, newline, the joiners that some scripts are written with, and what makes a sign an emoji. People decide by what
 * they see of what agents send.
 */
const unsafe =
  /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\u200c\t\n]--[\u200d]--[\ufe0f]]/gv;

/** The text with each of those written as `\uXXXX`, which JSON reads back as the same. */
export function visible(text: string): string {
  return text.replace(unsafe, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

/** Every text in a value from outside, made visible. */
export function visibleValue<T>(value: T): T {
  // Texts stay texts and structure stays as it is, so that the type holds.
  return seen(value) as T;
}

function seen(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(seen);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), seen(inner)]));
}

/** JSON over several lines, safe on a terminal and equal to the value. */
export function prettyJson(value: unknown): string {
  return visible(JSON.stringify(value ?? null, null, 2));
}
