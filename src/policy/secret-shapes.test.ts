import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertLinear } from '../../test/support/growth.ts';
import { redactText } from './redact.ts';
import { marker } from './secret-spans.ts';
import { shapePattern } from './shape-pattern.ts';
import { tokenShapes } from './token-shapes.ts';

const alnum = (length: number) => 'aB3dE5gH7jK9mN1pQ2sT4vW6'.repeat(20).slice(0, length);
const hex = (length: number) => '0123456789abcdef'.repeat(10).slice(0, length);
/** Joined here, so that no scanner takes the examples for leaks. */
const join = (...parts: string[]) => parts.join('');

const examples: Readonly<Record<string, readonly string[]>> = {
  'assent token': [join('ast_s_', alnum(43)), join('ast_u_', alnum(41), '-_')],
  'AWS access key id': [join('AKIA', '4Q7XN2WPL5VRZ3GT'), join('ASIA', '4Q7XN2WPL5VRZ3GT')],
  'GitHub token': ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_'].map((prefix) => join(prefix, alnum(36))),
  'Cloudflare token': ['cfat_', 'cfut_', 'cfk_'].map((prefix) => join(prefix, alnum(40), hex(8))),
  'Figma token': [join('figd_', alnum(43)), join('figd_', alnum(300), '-_')],
  'Tailscale key': ['auth', 'api', 'client'].map((kind) =>
    join('tskey-', kind, '-', alnum(12), '-', alnum(24)),
  ),
  'GitHub fine-grained token': [join('github_pat_', alnum(22), '_', alnum(59))],
  'GitLab token': [join('glpat-', alnum(20)), join('glpat-', alnum(27), '.01.', alnum(9))],
  'Slack token': 'abposrecd'.split('').map((kind) => join('xox', kind, '-123456789012-', alnum(24))),
  'Slack app token': [join('xapp-1-A0123-', hex(20))],
  'Slack webhook': [join('hooks.slack.com/services/', 'T0123456/B0123456/', alnum(24))],
  'Stripe key': ['sk_live_', 'rk_live_', 'sk_test_'].map((prefix) => join(prefix, alnum(24))),
  'Stripe webhook secret': [join('whsec_', alnum(32))],
  'Google API key': [join('AIza', alnum(35))],
  'Google OAuth token': [join('ya29.', alnum(60))],
  'Anthropic key': [join('sk-ant-', 'api03-', alnum(93), 'AA')],
  'OpenAI key': [
    join('sk-proj-', alnum(48)),
    join('sk-svcacct-', alnum(48)),
    join('sk-admin-', alnum(58), 'T3BlbkFJ', alnum(58)),
    join('sk-proj-', alnum(74), 'T3BlbkFJ', alnum(74)),
  ],
  'OpenAI legacy key': [join('sk-', alnum(48))],
  'npm token': [join('npm_', alnum(36))],
  'PyPI token': [join('pypi-', 'AgEIcHlwaS5vcmc', alnum(60))],
  'SendGrid key': [join('SG.', alnum(22), '.', alnum(43))],
  'Twilio key': [join('SK', hex(32))],
  'Linear key': [join('lin_api_', alnum(40)), join('lin_oauth_', hex(64))],
  'Sentry token': [join('sntrys_', 'eyJpYXQiOjE2OTB9=_', alnum(43)), join('sntryu_', hex(64))],
  JWT: [join('eyJ', alnum(30), '.', 'eyJ', alnum(60), '.', alnum(43))],
  'private key': [
    join('-----BEGIN PRIVATE', ' KEY-----\n', alnum(64), '\n-----END PRIVATE', ' KEY-----'),
    join('-----BEGIN RSA PRIVATE', ' KEY-----\\n', alnum(64), '\\n-----END RSA PRIVATE', ' KEY-----'),
    join(
      '-----BEGIN PGP PRIVATE',
      ' KEY BLOCK-----\n',
      alnum(64),
      '\n-----END PGP PRIVATE',
      ' KEY BLOCK-----',
    ),
  ],
  'bearer token': [join('Bearer ', alnum(20)), join('bearer ', hex(40)), join('BEARER ', alnum(30), '/+==')],
};

/** A token of a shape: its runs as short as may be, out of all the characters that may stand there. */
function exampleOf(source: string): string {
  let drawn = 7;
  return shapePattern(source)
    .parts.flatMap(({ set, min }) => {
      const characters = [...set.keys()].filter((code) => set[code] === 1);
      return Array.from({ length: min }, () => {
        drawn = (drawn * 1103515245 + 12345) % 2 ** 31;
        return String.fromCharCode(characters[(drawn >> 8) % characters.length] ?? 0);
      });
    })
    .join('');
}

describe('secretShapes', () => {
  for (const [name, tokens] of Object.entries(examples)) {
    for (const [at, example] of tokens.entries()) {
      it(`${name} ${at}: is found whole, alone and in a sentence`, () => {
        assert.equal(redactText(example, []), marker);
        assert.equal(redactText(`see "${example}" now`, []), `see "${marker}" now`);
        assert.equal(redactText(`a=1&k=${example}&b=2`, []), `a=1&k=${marker}&b=2`);
      });
    }
  }

  for (const { name, source } of tokenShapes) {
    it(`${name}, ${source}: is found whole, and not as a part of a word`, () => {
      const example = exampleOf(source);
      assert.match(example, new RegExp(`^(?:${source.replaceAll('$', '\\$')})$`));
      assert.equal(redactText(example, []), marker);
      assert.equal(redactText(`see "${example}" now`, []), `see "${marker}" now`);
      assert.equal(redactText(JSON.stringify({ log: `a\n${example}\n` }), []), `{"log":"a\\n${marker}\\n"}`);
      if (/^\w/.test(example)) assert.notEqual(redactText(`x${example}`, []), marker);
    });
  }

  it('finds tokens in URL-encoded and in JSON text', () => {
    for (const example of Object.values(examples).flat()) {
      assert.equal(redactText(`token%3D${example}`, []), `token%3D${marker}`);
      assert.equal(redactText(`{"log":"line\\n${example}\\n"}`, []), `{"log":"line\\n${marker}\\n"}`);
    }
  });

  for (const [url, shown] of [
    ['postgres://app:hunter2@db:5432/x', 'postgres://app:[redacted]@db:5432/x'],
    ['redis://:hunter2@cache', 'redis://:[redacted]@cache'],
    ['https://u:p@ss:w@host/a@b', 'https://u:[redacted]@host/a@b'],
    ['a://b:c@d e://f:g@h', 'a://b:[redacted]@d e://f:[redacted]@h'],
  ] as const) {
    it(`hides the password in ${url}`, () => {
      assert.equal(redactText(url, []), shown);
      assert.equal(redactText(shown, []), shown);
    });
  }

  for (const text of [
    'https://example.com:8080/path?mail=a@b.c',
    'http://localhost:3000/@scope/package',
    'https://user@host/path',
    'Write to me@example.com: it is 10:30.',
    'The bearer of bad news',
    'Bearer short',
    'task-0123456789abcdef01234567',
    'disk-aaaaaaaaaaaaaaaaaaaaaaaa',
    'risk_live_aaaaaaaaaaaaaaaaaaaaa',
    '9b2c1c0e-6a0f-4e0e-9a61-5d6c4d1f2a11',
    'eyJust a sentence. With dots. And more.',
    'MSG.aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbb',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    '-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----',
    'ghp_short AKIASHORT npm_install pypi-package',
    join('risk-ant-', alnum(30)),
    join('sk_live_', alnum(23)),
    join('sk-proj-', alnum(156)),
    join('sk-proj-', alnum(148), 'T3BlbkFJ'),
    'sk-aB3dE5gH7jK9abcdefghmN1pQ2sT4vW6',
    join('xcfat_', alnum(40), hex(8)),
    join('cfat_', alnum(41), hex(8)),
    join('xtskey-auth-', alnum(12), '-', alnum(24)),
  ]) {
    it(`leaves ${JSON.stringify(text)}`, () => assert.equal(redactText(text, []), text));
  }

  it('hides a private key without its end up to the end of the text', () => {
    assert.equal(redactText(join('x -----BEGIN PRIVATE', ' KEY-----\nMIIE'), []), `x ${marker}`);
  });

  it('hides a SendGrid key, which has one length, also inside a word', () => {
    const key = join('SG.', alnum(22), '.', alnum(43));
    assert.equal(redactText(`not${key}where`, []), `not${marker}where`);
    assert.equal(redactText(`not${key.slice(0, -1)}`, []), `not${key.slice(0, -1)}`);
  });

  it('hides a GitHub token that holds a JWT whole', () => {
    const jwt = join('eyJ', alnum(30), '.eyJ', alnum(60), '.', alnum(43));
    assert.equal(redactText(join('see ghs_12345_', jwt, ' now'), []), `see ${marker} now`);
  });

  it('is linear on hostile text', () => {
    const starts =
      'A AKIA ghp_ github_pat_ glpat- xoxb- xapp-1- hooks.slack.com/services/ sk_live_ AIza ya29. sk-ant- sk-proj- sk- npm_ pypi- SG. SK lin_api_ sntrys_ cfat_ figd_ tskey-api- eyJ Bearer :// ://a: ://a:b ://a:{ ://a:$( ://a:xxx ://a:pass@ ast_s_ @'.split(
        ' ',
      );
    const begin = join('-----BEGIN PRIVATE', ' KEY');
    const units = [
      ...starts.flatMap((start) => [start, `-${start}`, `${start}a.`, `${start} `]),
      begin,
      `${begin}-----`,
      '-----BEGIN ',
      ' ',
    ];
    for (const unit of units) {
      assertLinear(unit, 300_000, (size) => {
        const text = unit.repeat(Math.ceil(size / unit.length));
        return () => redactText(text, []);
      });
    }
  });
});
