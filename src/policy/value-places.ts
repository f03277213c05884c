/** Where the value of a name begins. */
export interface Place {
  readonly at: number;
  /** Whether quotes end the name as JSON has it: then a text has quotes, too. */
  readonly isJson: boolean;
  /** What introduces it: `=`, `:`, `<` of a tag, a blank, or `value` where that is the next name. */
  readonly mark: string;
}

/** A way in which a value stands behind its name; `between` begins where the name ends. */
interface Form {
  readonly name?: RegExp;
  readonly before?: RegExp;
  /** Its group `quote` is the quote that ends the name, and its group `mark` the mark, where the form has not one for all. */
  readonly between: RegExp;
  readonly mark?: string;
  /** Whether the quote that ends the name also began it. */
  readonly isQuoted?: boolean;
}

const closing = String.raw`(?<quote>["'\u0060])`;
const sign = String.raw`\]?[ \t]{0,20}(?<mark>=>|:=|[:=](?![=~>]))[ \t]{0,40}`;

/** In the order in which they are tried. */
const forms: readonly Form[] = [
  // let password: &str = "…"
  {
    between: /[ \t]{0,4}\??:[ \t]{0,4}&?(?:'\w{1,12} )?[\w.<>[\]?]{1,40}[ \t]{0,4}=[ \t]{0,4}(?=["'`])/y,
    mark: '=',
  },
  // <property name="password">…
  { between: new RegExp(`${closing}>`, 'y'), isQuoted: true, mark: '<' },
  // setPassword("…")
  { name: /(?:^|\.)set[A-Z][^.]*$/, between: /\((?=["'`])/y, mark: '=' },
  // define('password', '…'), and ["--password", "…"]
  {
    before: /(?:(?:define|setenv|putenv|set\w{0,12})\(["']|["']--)$/i,
    between: /["'],\s{0,8}(?=["'])/y,
    mark: ',',
  },
  // "password": …, 'password' => …, and ENV["password"] = …
  { between: new RegExp(closing + sign, 'y'), isQuoted: true },
  // {"name": "password", "value": …}
  {
    between:
      /(?<quote>["'`]?)\]?[ \t,]{0,8}\s{0,40}-?["']?(?:value|Value|VALUE|val|stringValue|content)["']?\s{0,8}[:=]\s{0,8}/y,
    mark: 'value',
  },
  // password=…, and password: …
  { between: new RegExp(sign, 'y') },
  // <password>…
  { before: /<$/, between: />/y, mark: '<' },
  // --password …, set -x password …, and the lines of .netrc
  {
    before: /(?:--|(?:\blogin[ \t]+\S+\s{0,20}\n?|\bset[ \t]+-\w{1,4}|\bset(?:x|env)|^ENV|\nENV)\s{1,20})$/,
    between: /[ \t]{1,4}(?=[^\s-])/y,
    mark: ' ',
  },
  // ALTER USER app WITH PASSWORD '…'
  { name: /^password$/i, between: /[ \t]{1,4}(?=["'])/y, mark: ' ' },
];

/** UTF-16 units before a name that are looked at. */
const longestBefore = 80;

/** Where the value stands of the name from `start` to `end`, whatever that says; `undefined` where none does. */
export function valueBehind(text: string, start: number, end: number): Place | undefined {
  for (const { name, before, between, mark, isQuoted } of forms) {
    between.lastIndex = end;
    const match = between.exec(text);
    if (match === null) continue;
    const { quote, mark: found = '' } = match.groups ?? {};
    const hasQuotes = quote !== undefined && quote === text[start - 1];
    if (isQuoted === true && !hasQuotes) continue;
    if (name?.test(text.slice(start, end)) === false) continue;
    if (before?.test(text.slice(Math.max(0, start - longestBefore), start)) === false) continue;
    return { at: between.lastIndex, isJson: hasQuotes && mark !== '<', mark: mark ?? found };
  }
  return undefined;
}
