const encoder = new TextEncoder();

/** A piece of base64 shorter than this could stand in an innocent text. */
const shortestForm = 8;

/**
 * Every text by which a secret may show: as it is, in a URL, in base64 and base64url (also inside a longer text that was
 * encoded, as in `Basic` authorization), in hex, and escaped in JSON. Empty secrets are left out.
 */
export function secretForms(secrets: readonly string[]): string[] {
  return [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))];
}

function formsOf(secret: string): string[] {
  const bare = used(secret);
  return [bare, ...jsonForms(bare), ...urlForms(bare), ...base64Forms(bare), ...hexForms(bare)];
}

/** A header or a file's reader drops the line end that a secret was stored with. */
function used(secret: string): string {
  const trimmed = secret.trim();
  return trimmed.length >= shortestForm ? trimmed : secret;
}

/** Some writers escape the slash, too. */
function jsonForms(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [escaped, escaped.replaceAll('/', '\\/')];
}

/** The marks that one URL encoder or another leaves as they are, beside `-`, `.` and `_`. */
const marksLeftBy: readonly string[] = [
  "~!*'()", // encodeURIComponent
  "~!*'();/?:@&=+$,#", // encodeURI
  '~', // RFC 3986
  '*', // forms (WHATWG)
  '',
  '~/', // quote of Python
  '~$&+:=@', // a segment of a path, in Go
  '~$&+,/:;=@', // a path, in Go
  "~!*'();:@&=+$,", // a segment of a path (RFC 3986, pchar)
  // The parts of a URL in browsers and Node (WHATWG), which leave percent signs alone, too.
  "~!*'()&$+,%", // user and password
  "~!*'();/:@&=+$,[]|\\%^", // path
  "~!*'();/:@&=+$,[]|\\%", // path, since `^` is escaped in it
  "~!*'();/?:@&=+$,[]|\\%^`{}", // query
  '~!*();/?:@&=+$,[]|\\%^`{}', // query, at http and https
  "~!*'();/?:@&=+$,[]|\\%^{}#", // fragment
];
const left: readonly ReadonlySet<string>[] = marksLeftBy.map((marks) => new Set(`-._${marks}`));

/** Encoders differ in the marks they leave alone, in the space, and in the case of the hex digits. */
function urlForms(secret: string): string[] {
  if (/^[\w.-]*$/.test(secret)) return [];
  const parts = Array.from(secret.toWellFormed(), (character) => ({ character, escape: escaped(character) }));
  const forms = left.map((marks) =>
    parts
      .map(({ character, escape }) => (/\w/.test(character) || marks.has(character) ? character : escape))
      .join(''),
  );
  return [...new Set(forms)]
    .flatMap((form) => [form, form.replaceAll('%20', '+')])
    .flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())]);
}

function escaped(character: string): string {
  return Array.from(
    encoder.encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}

function base64Forms(secret: string): string[] {
  const bytes = binary(secret);
  const whole = btoa(bytes);
  const forms = [whole, whole.replaceAll('=', ''), ...[0, 1, 2].map((lead) => innerBase64(bytes, lead))];
  const long = forms.filter((form) => form.length >= shortestForm);
  return long.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

/** The characters that are the same whatever surrounds the secret, when `lead` bytes of a group of three precede it. */
function innerBase64(bytes: string, lead: number): string {
  const start = Math.ceil((lead * 4) / 3);
  const end = Math.floor(((lead + bytes.length) * 4) / 3);
  return btoa('\0'.repeat(lead) + bytes).slice(start, end);
}

function hexForms(secret: string): string[] {
  const hex = Array.from(encoder.encode(secret), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex, hex.toUpperCase()];
}

/** UTF-8 with one character for each byte, as `btoa` takes it. */
function binary(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return Array.from(encoder.encode(text), (byte) => String.fromCharCode(byte)).join('');
}
