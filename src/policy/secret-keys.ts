import {
  attributeWords,
  credentialNames,
  exactNames,
  harmlessTokens,
  lastNames,
  wordEndings,
} from './secret-names.ts';

const names: ReadonlySet<string> = new Set(credentialNames);
const namesAtEnd: ReadonlySet<string> = new Set(lastNames);
const attributes: ReadonlySet<string> = new Set(attributeWords);
const beforeToken: ReadonlySet<string> = new Set(harmlessTokens);
const exact: ReadonlySet<string> = new Set(exactNames);

const longestName = Math.max(...credentialNames.map((name) => name.length));
const anyName = new RegExp([...credentialNames, ...lastNames, 'auth', 'tlskey', 'connectsid'].join('|'));
const ending = new RegExp(`(?:${wordEndings.join('|')})$`);
const noLetters = /[^a-z]+/g;

/** Capitals up to the next capitalized word (`API` of `APIKey`), or a word with at most its first letter capital. */
const word = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{L}--\p{Lu}]+/gv;

/**
 * Whether a key names a credential: `token` and its like as whole words of the key, however it is written (`x-api-key`,
 * `githubAccessToken`, `API_KEY`), but not as a part of a word (`tokens`, `secretary`), not where a word behind says that it is
 * about one (`token_count`, `password_policy`), and not a token that pages (`nextPageToken`).
 */
export function isSecretKey(key: string): boolean {
  // Nearly every key ends here: without its separators it holds no listed name at all.
  if (!anyName.test(key.toLowerCase().replace(noLetters, ''))) return false;
  if (exact.has(key)) return true;
  const words = (key.match(word) ?? []).map((word) => word.toLowerCase());
  // From the last on, as long as no word behind is about what stands before it.
  for (let first = words.length - 1; first >= 0; first -= 1) {
    if (beginsName(words, first)) return true;
    if (attributes.has(words[first] ?? '')) return false;
  }
  return false;
}

/** Whether a credential's name begins with the word at `first`. */
function beginsName(words: readonly string[], first: number): boolean {
  const alone = words[first] ?? '';
  if (first === words.length - 1 && namesAtEnd.has(alone)) return true;
  if (ending.test(alone)) return true;
  let joined = '';
  for (let at = first; at < words.length && joined.length < longestName; at += 1) {
    joined += words[at];
    if (names.has(joined)) return joined !== 'token' || !isHarmlessToken(words, first);
  }
  return false;
}

function isHarmlessToken(words: readonly string[], at: number): boolean {
  const before = words[at - 1] ?? '';
  return beforeToken.has(before) || beforeToken.has((words[at - 2] ?? '') + before);
}
