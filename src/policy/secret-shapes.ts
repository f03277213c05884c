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
  { name: 'GitHub token', pattern: /gh[oprsu]_[A-Za-z0-9]{36,}/ },
  { name: 'GitHub fine-grained token', pattern: /github_pat_\w{36,}/ },
  { name: 'GitLab token', pattern: /glpat-[\w-]{20,}(?:\.[\w-]+)?(?:\.[\w-]+)?/ },
  { name: 'Slack token', pattern: /xox[abcdeoprs]-[A-Za-z0-9%-]{10,}/ },
  { name: 'Slack app token', pattern: /xapp-\d-[A-Za-z0-9-]{10,}/ },
  { name: 'Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{16,}/ },
  { name: 'Stripe key', pattern: ownWord(/[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/) },
  { name: 'Stripe webhook secret', pattern: /whsec_[A-Za-z0-9]{16,}/ },
  { name: 'Google API key', pattern: /AIza[\w-]{35}/ },
  { name: 'Google OAuth token', pattern: /ya29\.[\w-]{20,}/ },
  { name: 'Anthropic key', pattern: /sk-ant-[\w-]{20,}/ },
  { name: 'OpenAI key', pattern: /sk-(?:proj|svcacct|admin)-[\w-]{20,}/ },
  { name: 'OpenAI legacy key', pattern: ownWord(/sk-[A-Za-z0-9]{20,}/) },
  { name: 'npm token', pattern: /npm_[A-Za-z0-9]{36,}/ },
  { name: 'PyPI token', pattern: /pypi-[\w-]{50,}/ },
  { name: 'SendGrid key', pattern: ownWord(/SG\.[\w-]{16,}\.[\w-]{16,}/) },
  { name: 'Twilio key', pattern: ownWord(/SK[0-9a-f]{32}/) },
  { name: 'Linear key', pattern: /lin_(?:api|oauth)_[A-Za-z0-9]{32,}/ },
  { name: 'Sentry token', pattern: /sntry[su]_[A-Za-z0-9+/=_-]{32,}/ },
  // The look-behind counts the three letters: a run of the class may start 14 times at most.
  { name: 'JWT', pattern: /eyJ(?<![\w-]{43})[\w-]{8,}\.[\w-]*\.[\w-]{8,}/ },
  // A block without its end is secret up to the end of the text.
  {
    name: 'private key',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?:[\s\S]*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|[\s\S]*)/,
  },
  { name: 'bearer token', pattern: /(?:[Bb]earer|BEARER)\s{1,4}[\w.~+/=-]{20,}/ },
  { name: 'URL password', pattern: /(?<=:\/\/[^\s/:@]*:)(?!\[redacted\]@)[^\s/?#]+(?=@)/ },
];

/**
 * Without a letter or digit before it, for prefixes in which words end (`task-…`). The last character of an escape
 * (`%3D`, `\n`) is none.
 */
function ownWord(pattern: RegExp): RegExp {
  return new RegExp(String.raw`(?<![A-Za-z0-9](?<!%[0-9A-Fa-f]{2}|\\[nrt]))${pattern.source}`);
}
