import { isNoValue } from './placeholder.ts';
import type { Span } from './ranges.ts';
import type { TextView } from './text-view.ts';

/** MySQL's commands take it without a blank. */
const glued = option('-p');
const login = option(String.raw`login\s[^\n]{0,200}?-p\s`);
const mongo = option(String.raw`-p\s`);

/** Commands that take a credential as an option of one letter, and how they do. */
const commands: Readonly<Record<string, RegExp>> = {
  curl: option(
    String.raw`(?:-[a-zA-Z]{0,6}[uU]|--user|--proxy-user)[\s=]{0,3}`,
    String.raw`[^\s"':]{0,100}:`,
  ),
  http: option(String.raw`(?:-a|--auth)[\s=]{0,3}`, String.raw`[^\s"':]{0,100}:`),
  mysql: glued,
  mysqldump: glued,
  mysqladmin: glued,
  mysqlimport: glued,
  mariadb: glued,
  sshpass: option(String.raw`-p\s?`),
  'redis-cli': option(String.raw`-a\s`),
  docker: login,
  podman: login,
  az: login,
  mongo,
  mongosh: mongo,
  mongodump: mongo,
  ldapsearch: option(String.raw`-w\s?`),
  sqlcmd: option(String.raw`-P\s?`),
  snmpwalk: option(String.raw`-[AX]\s?`),
  smbclient: option(String.raw`-U\s?`, String.raw`[^\s"'%]{0,100}%`),
  // Its other ways of passing one name where it stands (openssl-passphrase-options).
  openssl: option(String.raw`(?:-pass(?:in|out)?|-k)\s(?!(?:env|file|fd):|stdin)(?:pass:)?`, '(?:pass:)?'),
  '7z': glued,
  zip: option(String.raw`-P\s?`),
  unzip: option(String.raw`-P\s?`),
  htpasswd: option(String.raw`-[a-z]{0,4}b[a-z]{0,4}\s\S{1,200}\s\S{1,100}\s`),
  xfreerdp: option('/p:'),
  keytool: option(String.raw`-(?:storepass|keypass)\s`),
};

/** An option with its value up to the quote that closes it, or to a blank; what stands before the credential may stay. */
function option(named: string, before = ''): RegExp {
  const secret = String.raw`(?<secret>(?:(?!\k<quote>).)+|[^\s"']+)`;
  return new RegExp(String.raw`\s${named}(?<quote>["']?)${before}${secret}`, 'g');
}

/** A triple of each command. */
export const shellTriples: readonly string[] = Object.keys(commands).map((name) =>
  name.length > 2 ? name.slice(-3) : `${name} `,
);

const anyCommand = new RegExp(
  `(?<![\\w.-])(?:${Object.keys(commands)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})(?=\\s)`,
  'y',
);

/** UTF-16 units of a line that are looked at for options. */
const longestLine = 2_000;

/** Reads the lines of commands in one text. Asked in ascending order, it reads nothing twice. */
export class ShellSecrets {
  readonly #view: TextView;
  readonly #spans: Span[] = [];
  #done = 0;

  constructor(view: TextView) {
    this.#view = view;
  }

  get spans(): readonly Span[] {
    return this.#spans;
  }

  /** A triple of a command's name stands at `at`. */
  look(at: number): void {
    const { text } = this.#view;
    for (let start = at; start >= Math.max(at - 7, this.#done); start--) {
      anyCommand.lastIndex = start;
      const [command] = anyCommand.exec(text) ?? [];
      if (command !== undefined) return this.#readLine(command, start + command.length);
    }
  }

  #readLine(command: string, from: number): void {
    const [line = ''] = /^[^\n\r]*/.exec(this.#view.text.slice(from, from + longestLine)) ?? [];
    this.#done = from + line.length;
    for (const match of line.matchAll(commands[command] ?? /(?!)/g)) {
      const [whole] = match;
      const secret = match.groups?.['secret'] ?? '';
      const start = from + match.index + whole.length - secret.length;
      if (!isNoValue(secret))
        this.#spans.push({
          ...this.#view.original({ start, end: start + secret.length }),
          reason: `a credential in a line of ${command}`,
        });
    }
  }
}
