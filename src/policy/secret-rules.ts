import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Range } from './ranges.ts';

/** As much of a secretlint rule as is used: the types of the package name packages that it does not bring, and so are none. */
interface Rule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file(source: Source): unknown };
}

interface Source {
  readonly content: string;
  readonly ext: string;
  readonly filePath: undefined;
}

type Facts = Readonly<Record<string, string>>;

interface RuleContext {
  createTranslator(): (message: string, facts: Facts) => Facts;
  report(found: { readonly message: Facts; readonly range: readonly [number, number] }): void;
}

const family = '@secretlint/secretlint-rule-';

/**
 * The rules of secretlint's recommended preset that run, each with the words of which every text it can match holds one. Each of
 * them only reads `content`, answers at once, and was measured to be linear with a small factor on text made to be slow.
 */
export const usedRules = {
  '1password': ['ops_ey'],
  anthropic: ['sk-ant-api0'],
  aws: [
    'SECRET_ACCESS',
    'SECRETACCESS',
    'SecretAccess',
    'secretAccess',
    'secretaccess',
    'secret_access',
    'Secret_Access',
  ],
  databricks: ['dapi'],
  docker: ['dckr_pat_'],
  github: ['gho_', 'ghp_', 'ghr_', 'ghs_', 'ghu_', 'github_pat_'],
  grafana: ['glc_', 'glsa_'],
  groq: ['gsk_'],
  'hashicorp-vault': ['hvb.', 'hvs.', 'hvr.'],
  huggingface: ['hf_'],
  notion: ['ntn_'],
  openai: ['T3BlbkFJ'],
  shopify: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
  slack: ['xoxa-', 'xoxb-', 'xoxo-', 'xoxp-', 'xoxr-', 'xapp-', 'hooks.slack.com/services'],
  vercel: ['vca_', 'vcc_', 'vci_', 'vcp_', 'vcr_', 'vck_'],
} satisfies Readonly<Record<string, readonly string[]>>;

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

const running = Object.keys(usedRules).map((name) => ({ name, rule: ruleNamed(name) }));

function ruleNamed(name: string): Rule {
  const all: readonly Rule[] = rules;
  const rule = all.find(({ meta }) => meta.id === family + name);
  if (rule === undefined) throw new TypeError(`secretlint's preset has no rule ${name}`);
  return rule;
}

/** What these of secretlint's rules take for a credential, in the order of the rules. The escapes of the text are undone. */
export function findByRules(text: string, names: ReadonlySet<string>): (Range & { readonly rule: string })[] {
  const found: (Range & { readonly rule: string })[] = [];
  for (const { name, rule } of running) {
    if (!names.has(name)) continue;
    const context: RuleContext = {
      createTranslator: () => (_message, facts) => facts,
      report: ({ message, range }) =>
        found.push({ ...rangeOf(text, message, range), rule: `${name} credential` }),
    };
    rule.create(context, {}).file({ content: text, ext: '', filePath: undefined });
  }
  return found;
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
