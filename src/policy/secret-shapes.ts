import { urlPassword } from './url-password.ts';

export interface SecretShape {
  readonly name: string;
  readonly pattern: RegExp;
}

/**
 * Published shapes of credentials, after their issuers' own documentation and public rule sets (gitleaks, GitHub secret
 * scanning). Every pattern is linear: each repeats one class and either must not fail after it, or starts at most a fixed
 * number of times in one run of that class.
 */
export const secretShapes: readonly SecretShape[] = [
  { name: 'assent token', pattern: /ast_[su]_[\w-]{43,}/ },
  { name: 'AWS access key id', pattern: /A(?:KIA|SIA)[A-Z0-9]{16}/ },
  // The newer `ghs_<app>_<JWT>` is found in two pieces that touch.
  { name: 'GitHub token', pattern: /gh[oprsu]_(?:[A-Za-z0-9]{36,}|\d{1,20}_(?=eyJ))/ },
  { name: 'GitHub fine-grained token', pattern: /github_pat_\w{36,}/ },
  { name: 'GitLab token', pattern: /glpat-[\w-]{20,}(?:\.[\w-]+)?(?:\.[\w-]+)?/ },
  { name: 'Slack token', pattern: /xox[abcdeoprs]-[A-Za-z0-9%-]{10,}/ },
  { name: 'Slack app token', pattern: /xapp-\d-[A-Za-z0-9-]{10,}/ },
  { name: 'Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{16,}/ },
  // Stripe issues none with fewer than 24.
  { name: 'Stripe key', pattern: ownWord(/[rs]k_(?:live|test)_[A-Za-z0-9]{24,}/) },
  { name: 'Stripe webhook secret', pattern: /whsec_[A-Za-z0-9]{16,}/ },
  { name: 'Google API key', pattern: /AIza[\w-]{35}/ },
  { name: 'Google OAuth token', pattern: /ya29\.[\w-]{20,}/ },
  { name: 'Anthropic key', pattern: ownWord(/sk-ant-[\w-]{20,}/) },
  // Of the three lengths that OpenAI issues now, every key has its mark in the middle; other lengths are taken without.
  {
    name: 'OpenAI key',
    pattern:
      /sk-(?:proj|svcacct|admin)-(?!(?:[\w-]{124}|[\w-]{140}|[\w-]{156})(?![\w-])(?<!T3BlbkFJ[\w-]{58}|T3BlbkFJ[\w-]{74}))[\w-]{20,}/,
  },
  // Eight letters in the order of the alphabet stand in documentation: one random key in a million million has them.
  { name: 'OpenAI legacy key', pattern: ownWord(/sk-(?![A-Za-z0-9]{0,60}abcdefgh)[A-Za-z0-9]{20,}/) },
  { name: 'npm token', pattern: /npm_[A-Za-z0-9]{36,}/ },
  { name: 'PyPI token', pattern: /pypi-[\w-]{50,}/ },
  { name: 'SendGrid key', pattern: ownWord(/SG\.[\w-]{16,}\.[\w-]{16,}/) },
  { name: 'Twilio key', pattern: ownWord(/SK[0-9a-f]{32}/) },
  { name: 'Linear key', pattern: /lin_(?:api|oauth)_[A-Za-z0-9]{32,}/ },
  { name: 'Sentry token', pattern: /sntry[su]_[A-Za-z0-9+/=_-]{32,}/ },
  { name: 'Cloudflare token', pattern: ownWord(/cf(?:at|ut|k)_[A-Za-z0-9]{40}[0-9a-f]{8}(?![A-Za-z0-9])/) },
  { name: 'Figma token', pattern: ownWord(/figd_[\w-]{40,}/) },
  {
    name: 'Tailscale key',
    pattern: ownWord(/tskey-[a-z]{3,20}-[A-Za-z0-9]{8,64}-[A-Za-z0-9]{16,}/, 'A-Za-z'),
  },
  // The look-behind counts the three letters: a run of the class may start 14 times at most.
  { name: 'JWT', pattern: /eyJ(?<![\w-]{43})[\w-]{8,}\.[\w-]*\.[\w-]{8,}/ },
  // A block without its end is secret up to the end of the text.
  {
    name: 'private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?:[\s\S]*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[\s\S]*)/,
  },
  { name: 'bearer token', pattern: /(?:[Bb]earer|BEARER)\s{1,4}[\w.~+/=-]{20,}/ },
  { name: 'URL password', pattern: urlPassword },
];

/**
 * Without a letter or digit before it, for prefixes in which words end (`task-…`). The last character of an escape
 * (`%3D`, `\n`) is none.
 */
function ownWord(pattern: RegExp, letters = 'A-Za-z0-9'): RegExp {
  return new RegExp(String.raw`(?<![${letters}](?<!%[0-9A-Fa-f]{2}|\\[nrt]))${pattern.source}`);
}
