/**
 * What stands in place of a password in documentation, templates and files of defaults, as secretlint's rules for basic
 * authorization and for databases have it. Each is the whole password: `mypassword1` is one.
 */
const placeholder = [
  /\$?\{[^{}\s@]{1,50}\}/, // ${PASSWORD} and {password}
  /\{\{[^{}\s@]{1,50}\}\}/,
  /\$\([^()\s@]{1,50}\)/,
  /(?:[Mm][Yy]_?|YOUR_|REPLACE_WITH_)?(?:password|PASSWORD)/,
  /secret|abc/,
  /(?<same>[^\s@])\k<same>{2,}/, // xxxx, 1111, ***
]
  .map(({ source }) => source)
  .join('|');

/** On one's own machine also these, and the user's name once more (`postgres:postgres@localhost`). */
const localPlaceholder = String.raw`pass|\k<user>`;

/** The host, to the end of what a browser takes for it: a later `@` makes all before it the password. */
const host = String.raw`@[^\s/?#@]*(?![^\s/?#])`;
const localHost = String.raw`@(?:localhost|127\.0\.0\.1)(?::\d{1,5})?(?![^\s/?#"'])`;

const hidden = String.raw`\[redacted\]@`;
const noPassword = `(?:${placeholder})${host}|(?:${localPlaceholder})${localHost}`;

/** The password in a URL of any scheme, from its `://` on, as the last group. A password already hidden stays as it is. */
export const urlPassword = new RegExp(
  String.raw`:\/\/(?<user>[^\s/:@]*):(?!${hidden}|${noPassword})((?:[^\s/?#"]|"(?![,:}\]\s]|$))+)(?=@)`,
  'y',
);

/** A URL without a password to hide, nor room for anything else that is secret: what a connection string is before it is filled in. */
const emptyUrl = new RegExp(
  String.raw`^[A-Za-z][\w+.:-]{0,30}:\/\/(?<user>[^\s/:@]{0,20}):(?:${hidden}[^\s/?#@]*|${noPassword})(?:\/[^\s/?#@]{0,40})?$`,
);

/** Whether all of `text` is a URL whose password is a placeholder, or hidden already, with no more behind its host than a name. */
export function isEmptyUrl(text: string): boolean {
  return emptyUrl.test(text);
}
