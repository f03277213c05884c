import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import * as fc from 'fast-check';
import { assertLinear } from '../../test/support/growth.ts';
import { redactText } from './redact.ts';
import { findByRules, unusedRules, usedRules } from './secret-rules.ts';
import { marker } from './secret-spans.ts';
import { tokenShapes } from './token-shapes.ts';

const alnum = (length: number) => 'aB3dE5gH7jK9mN1pQ2sT4vW6'.repeat(20).slice(0, length);
const letters = (length: number) =>
  alnum(3 * length)
    .replace(/\d/g, '')
    .slice(0, length);
const hex = (length: number) => '0123456789abcdef'.repeat(10).slice(0, length);
/** Joined here, so that no scanner takes the examples for leaks. */
const join = (...parts: string[]) => parts.join('');
const account = JSON.stringify({ email: 'a@b.example', secretKey: alnum(60), userAuth: { salt: 'abc' } });

const examples: Readonly<Record<keyof typeof usedRules, readonly string[]>> = {
  '1password': [join('ops_', btoa(account))],
  anthropic: [join('sk-ant-', 'api03-', alnum(93), 'AA')],
  aws: [alnum(40)],
  databricks: [join('dapi', hex(32)), join('dapi', hex(32), '-3')],
  docker: [join('dckr_pat_', alnum(27))],
  github: [join('ghp_', alnum(36)), join('github_pat_', alnum(82))],
  grafana: [join('glc_', alnum(40), '=='), join('glsa_', alnum(32), '_', hex(8))],
  groq: [join('gsk_', alnum(52))],
  'hashicorp-vault': [join('hvs.', alnum(95)), join('hvb.', alnum(150), '-_'), join('hvr.', alnum(90))],
  huggingface: [join('hf_', letters(34))],
  notion: [join('ntn_', '12345678901', alnum(35))],
  openai: [join('sk-', alnum(20), 'T3BlbkFJ', alnum(20))],
  shopify: ['shpat_', 'shpca_', 'shppa_', 'shpss_'].map((prefix) => join(prefix, alnum(32))),
  slack: [
    join('xoxb-', '123456789012-', alnum(24)),
    join('https://hooks.slack.com/services/', 'T0123/B0123/', alnum(24)),
  ],
  vercel: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'].map((prefix) => join(prefix, alnum(24))),
};

/** What goes before an example, where a rule asks for the name of the value. */
const names: Readonly<Record<string, string>> = { aws: 'AWS_SECRET_ACCESS_KEY=' };

const every: ReadonlySet<string> = new Set(Object.keys(usedRules));

describe('findByRules', () => {
  it('knows every rule of the preset: it runs, or has a reason not to', () => {
    const known = [...Object.keys(usedRules), ...Object.keys(unusedRules)];
    const preset: string[] = rules.map(({ meta }) => meta.id.replace('@secretlint/secretlint-rule-', ''));
    assert.deepEqual(known.toSorted(), preset.toSorted());
  });

  for (const [rule, tokens] of Object.entries(examples)) {
    const name = names[rule] ?? '';
    for (const [at, token] of tokens.entries()) {
      it(`${rule} ${at}: is found whole, alone and in a sentence`, () => {
        for (const before of ['', 'see "', 'a=1&k=', 'token%3D', '{"log":"line\\n']) {
          // A name behind a name is a part of its value.
          if (name !== '' && before === 'token%3D') continue;
          const text = `${before}${name}${token}`;
          const decoded = `${name}${token}`;
          const only = new Set([rule]);
          const [range] = findByRules(decoded, only);
          assert.equal(decoded.slice(range?.start, range?.end), token);
          assert.equal(redactText(`${text}" now`, []), `${before}${name}${marker}" now`);
        }
      });
    }
  }

  it('finds the value of a name, not the name', () => {
    const text = join('{"a":"x","SecretAccessKey":"', alnum(40), '"}');
    assert.equal(redactText(`at ${text}`, []), `at {"a":"x","SecretAccessKey":"${marker}"}`);
    const escaped = join('at {\\"SecretAccessKey\\":\\"', alnum(40), '\\"}');
    assert.equal(redactText(escaped, []), `at {\\"SecretAccessKey\\":\\"${marker}\\"}`);
  });

  it('does not let a text turn it off', () => {
    const token = join('gsk_', alnum(52));
    assert.equal(
      redactText(`// secretlint-disable\n${token} // secretlint-disable-line`, []),
      `// secretlint-disable\n${marker} // secretlint-disable-line`,
    );
  });

  it('leaves what only begins like a token', () => {
    for (const hint of [
      'ops_eyes',
      'SECRET_ACCESS',
      'dapifood',
      'hvs.example',
      'hf_abc',
      'gsk_1',
      'xapp-',
      'vci_',
    ]) {
      assert.equal(redactText(`the ${hint} of it`, []), `the ${hint} of it`);
    }
  });

  it('redacts a redacted text to itself', () => {
    const pieces = [
      ...Object.values(examples).flat(),
      ...Object.values(names),
      ...tokenShapes.map(({ source }) => source.slice(0, 8)),
    ].concat('https://u:', '@host', 'Bearer ', ' ', '"', '\\n', '%3D', '_', '-', '.', 'a', marker);
    const text = fc
      .array(fc.tuple(fc.constantFrom(...pieces), fc.nat(60)), { maxLength: 12 })
      .map((cut) => cut.map(([piece, from]) => piece.slice(from % 3 === 0 ? from / 3 : 0)).join(''));
    fc.assert(
      fc.property(text, (text) => {
        const shown = redactText(text, []);
        assert.equal(redactText(shown, []), shown);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time in proportion to a hostile text', () => {
    const prefixes =
      'ops_ey ops_eyfQ sk-ant-api03- SECRET_ACCESS_KEY SECRETACCESSKEY= dapi dckr_pat_ ghp_ github_pat_ glc_ glsa_ gsk_ hvs. hvb. hvr. hf_ ntn_1 sk-proj- sk-T3BlbkFJ T3BlbkFJ shpat_ xoxb- xoxb-a- xoxb-1-a. xapp-1- https://hooks.slack.com/services/T vcp_ %3D \\n ://a: AKIA QUJD'.split(
        ' ',
      );
    const all = prefixes.join(' ');
    const units = prefixes.flatMap((prefix) => [
      prefix,
      `-${prefix}`,
      `${prefix}a.`,
      prefix + ' '.repeat(40),
    ]);
    units.push('-----BEGIN ', ...prefixes.map((prefix) => `${prefix}${'a'.repeat(300)}_`));
    for (const unit of units) {
      const long = all + unit.repeat(Math.ceil(500_000 / unit.length));
      assertLinear(
        unit.slice(0, 40),
        long.length,
        (length) => () => findByRules(long.slice(0, length), every),
      );
    }
  });
});
