import { isNoValue } from './placeholder.ts';
import type { Span } from './ranges.ts';
import type { TextView } from './text-view.ts';

/** MySQL's commands take it without a blank. */
const glued = /\s-p["']?([^\s"']+)/g;

/** Commands that take a credential as an option of one letter, and where in their line it stands, as the last group. */
const commands: Readonly<Record<string, RegExp>> = {
  curl: /\s(?:-[a-zA-Z]{0,6}[uU]|--user|--proxy-user)[\s=]{0,3}["']?[^\s"':]{0,100}:([^\s"']+)/g,
  http: /\s(?:-a|--auth)[\s=]{0,3}["']?[^\s"':]{0,100}:([^\s"']+)/g,
  mysql: glued,
  mysqldump: glued,
  mysqladmin: glued,
  mysqlimport: glued,
  mariadb: glued,
  sshpass: /\s-p\s?["']?([^\s"']+)/g,
  'redis-cli': /\s-a\s["']?([^\s"']+)/g,
  docker: /\slogin\s[^\n]{0,200}?-p\s["']?([^\s"']+)/g,
  podman: /\slogin\s[^\n]{0,200}?-p\s["']?([^\s"']+)/g,
  az: /\slogin\s[^\n]{0,200}?-p\s["']?([^\s"']+)/g,
  mongo: /\s-p\s["']?([^\s"']+)/g,
  mongosh: /\s-p\s["']?([^\s"']+)/g,
  mongodump: /\s-p\s["']?([^\s"']+)/g,
  ldapsearch: /\s-w\s?["']?([^\s"']+)/g,
  sqlcmd: /\s-P\s?["']?([^\s"']+)/g,
  snmpwalk: /\s-[AX]\s?["']?([^\s"']+)/g,
  smbclient: /\s-U\s?["']?[^\s"'%]{0,100}%([^\s"']+)/g,
  openssl: /\s(?:-pass(?:in|out)?|-k)\s(?:pass:)?["']?([^\s"']+)/g,
  '7z': /\s-p["']?([^\s"']+)/g,
  zip: /\s-P\s?["']?([^\s"']+)/g,
  unzip: /\s-P\s?["']?([^\s"']+)/g,
  htpasswd: /\s-[a-z]{0,4}b[a-z]{0,4}\s\S{1,200}\s\S{1,100}\s["']?([^\s"']+)/g,
  xfreerdp: /\s\/p:["']?([^\s"']+)/g,
  keytool: /\s-(?:storepass|keypass)\s["']?([^\s"']+)/g,
};

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
      const [whole, secret = ''] = match;
      const start = from + match.index + whole.length - secret.length;
      if (!isNoValue(secret))
        this.#spans.push({
          ...this.#view.original({ start, end: start + secret.length }),
          reason: `a credential in a line of ${command}`,
        });
    }
  }
}
