import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Range } from './ranges.ts';

/** As much of a secretlint rule as is used: the types of the package name packages that it does not bring, and so are none. */
interface Rule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file(source: Source): unknown };
}

interface Source {
  readonly content: string;
}

type Facts = Readonly<Record<string, string>>;

interface RuleContext {
  createTranslator(): (message: string, facts: Facts) => Facts;
  report(found: { readonly message: Facts; readonly range: readonly [number, number] }): void;
}

const family = '@secretlint/secretlint-rule-';

/**
 * The rules of secretlint's recommended preset that run, each with what every text it can match holds. Each of them only
 * reads `content`, answers at once, and was measured to be linear with a small factor on text made to be slow.
 */
export const usedRules = {
  '1password': /ops_ey/,
  anthropic: /sk-ant-api0/,
  aws: /(?:SECRET|[Ss]ecret)_?(?:ACCESS|[Aa]ccess)/,
  databricks: /dapi[A-Fa-f0-9]/,
  docker: /dckr_pat_/,
  github: /gh[oprsu]_|github_pat_/,
  grafana: /glc_|glsa_/,
  groq: /gsk_/,
  'hashicorp-vault': /hv[bsr]\./,
  huggingface: /hf_[a-zA-Z]/,
  notion: /ntn_\d/,
  openai: /T3BlbkFJ/,
  shopify: /shp(?:at|ca|pa|ss)_/,
  slack: /xox[abopr]-|xapp-|hooks\.slack\.com\/services/,
  vercel: /vc[aciprk]_/,
} satisfies Readonly<Record<string, RegExp>>;

/** The rest of the preset, and why it does not run. */
export const unusedRules = {
  basicauth: 'takes the whole URL, where the table hides the password, in every scheme',
  'database-connection-string': 'as basicauth',
  'filter-comments': 'lets a text say `secretlint-disable`: what is stored must not decide that',
  figma: 'bounded at 200 characters, which the table is not: 360 steps for 5 characters of hostile text',
  gcp: 'goes by the name of a file, which it reads; the private key inside is in the table',
  gitlab: 'as figma, at 128 characters',
  linear: 'as gitlab',
  npm: 'takes 256 steps at each `http://` of hostile text; goes by the name of a file; the table has the tokens',
  privatekey: 'wants the end of the block and a known beginning; the table takes every block',
  sendgrid: 'quadratic in 128: 100 steps for each character of hostile text; the table has the shape',
} satisfies Readonly<Record<string, string>>;

/** What a text holds in which any of the rules finds something. */
export const ruleHints: readonly RegExp[] = Object.values(usedRules);

const running = Object.entries(usedRules).map(([name, hint]) => ({ hint, rule: ruleNamed(name) }));

function ruleNamed(name: string): Rule {
  const all: readonly Rule[] = rules;
  const rule = all.find(({ meta }) => meta.id === family + name);
  if (rule === undefined) throw new TypeError(`secretlint's preset has no rule ${name}`);
  return rule;
}

/** What secretlint's rules take for a credential, in the order of the rules. */
export function findByRules(text: string): Range[] {
  const hinted = running.filter(({ hint }) => hint.test(text));
  if (hinted.length === 0) return [];
  const source = { content: withoutEscapes(text), ext: '', filePath: undefined };
  const ranges: Range[] = [];
  const context: RuleContext = {
    createTranslator: () => (_message, facts) => facts,
    report: ({ message, range }) => ranges.push(rangeOf(source.content, message, range)),
  };
  for (const { rule } of hinted) rule.create(context, {}).file(source);
  return ranges;
}

const escapes = /%[0-9A-Fa-f]{2}|\\[nrt]|(?<=\w)\\"|(?<!\w)\\(?=")/g;

/**
 * The rules want no letter before a token, and a quote beside a name or its value; the last character of an escape (`%3D`,
 * `\n`) is no letter, and `\"` is a quote. Everything else stays where it is.
 */
function withoutEscapes(text: string): string {
  return text.replace(escapes, (escape) => (escape === '\\"' ? '" ' : ' '.repeat(escape.length)));
}

/**
 * Where a rule looks for a name with its value (`AWS_SECRET_ACCESS_KEY = …`), the range it reports has the length of the value
 * and the start of the name; the facts of its message hold the value.
 */
function rangeOf(text: string, facts: Facts, [start, end]: readonly [number, number]): Range {
  const secret = facts['KEY'] ?? facts['TOKEN'] ?? facts['ID'];
  const at = secret === undefined ? -1 : text.indexOf(secret, start);
  return secret === undefined || at === -1 ? { start, end } : { start: at, end: at + secret.length };
}
