// A browser keeps the second secret of its session where the pages of one origin read it. Tests that speak HTTP themselves keep it
// here, by the cookie that it came with, and send it along as the page does.

const secrets = new Map<string, string>();

/** Notes the secret of a session that an answer has begun. */
export function noteSecret(setCookies: readonly string[], text: string): void {
  const secret = /data-secret="([^"]+)"/.exec(text)?.[1] ?? /"pageSecret":"([^"]+)"/.exec(text)?.[1];
  if (secret === undefined) return;
  for (const line of setCookies) secrets.set(line.split(';')[0] ?? '', secret);
}

/** The secret that goes with a `cookie` header. */
export function secretOf(cookie: string): string | undefined {
  return cookie
    .split(/; */)
    .map((one) => secrets.get(one))
    .find((one) => one !== undefined);
}
