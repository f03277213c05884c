/** Names whose value is a credential, in lower case and without separators (design/actions.md, "What is stored"). */
const secretNames: ReadonlySet<string> = new Set([
  'token',
  'secret',
  'password',
  'passwd',
  'authorization',
  'apikey',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'clientsecret',
  'privatekey',
  'cookie',
  'setcookie',
  'credential',
  'credentials',
  'sessiontoken',
  'signingkey',
  'webhooksecret',
]);

const longestName = Math.max(...[...secretNames].map((name) => name.length));
const anyName = new RegExp([...secretNames].join('|'));
const noLetters = /[^a-z]+/g;

/** Capitals up to the next capitalized word (`API` of `APIKey`), or a word with at most its first letter capital. */
const word = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{L}--\p{Lu}]+/gv;

/**
 * Whether a key names a credential: `token` and its like as whole words of the key, however it is written (`x-api-key`,
 * `githubAccessToken`, `API_KEY`), but not as a part of a word (`tokens`, `secretary`).
 */
export function isSecretKey(key: string): boolean {
  // Nearly every key ends here: without its separators it holds no listed name at all.
  if (!anyName.test(key.toLowerCase().replace(noLetters, ''))) return false;
  const words = (key.match(word) ?? []).map((word) => word.toLowerCase());
  return words.some((_, first) => startsWithName(words, first));
}

/** Whether some run of words from `first` on, joined, is a listed name. */
function startsWithName(words: readonly string[], first: number): boolean {
  let joined = '';
  for (let at = first; at < words.length && joined.length < longestName; at += 1) {
    joined += words[at];
    if (secretNames.has(joined)) return true;
  }
  return false;
}
