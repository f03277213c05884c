import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { marksWhatIsThere, readsBounded } from '../../test/support/search-laws.ts';
import { NamedValues, nameTriples } from './named-values.ts';
import type { Span } from './ranges.ts';
import { readable } from './readable.ts';
import { Triples } from './triples.ts';

const triples = new Triples<true>();
for (const triple of nameTriples) triples.add(triple, true);

/** As the search asks: at each triple of a name, in the order of the text. */
function spansOf(text: string): readonly Span[] {
  const view = readable(text);
  const values = new NamedValues(view);
  triples.scan(view.text, (_found, at) => values.look(at));
  return values.spans;
}

/** Every syntax in which a value stands behind its name: § is the value, ¤ the name. */
const forms: readonly string[] = [
  '¤=§',
  '¤ = §',
  'A=1\nexport ¤=§\nB=2',
  "¤='§' # set by hand",
  'docker run -e ¤="§" app',
  '¤: §',
  'db:\n  ¤: "§"\n  port: 1',
  '{ host: db, ¤: "§", port: 1 }',
  '{"a":1,"¤":"§","b":2}',
  '{"¤" : [{"x":"§"}]}',
  '{"log":"{\\"¤\\":\\"§\\"}"}',
  "'¤' => '§',",
  '¤ := "§"',
  'ENV["¤"] = "§"',
  'os.environ[\'¤\'] = "§"',
  'let ¤: &str = "§";',
  'val ¤: String = "§"',
  "define('¤', '§');",
  'props.setProperty("¤", "§");',
  '["serve","--¤","§"]',
  'serve --¤ § --port 1',
  'serve --¤=§ --port 1',
  'setx ¤ §',
  'set -x ¤ §',
  'FROM app\nENV ¤ §\n',
  'machine api.example.com login deploy\n  ¤ §\n',
  '<a><¤>§</¤></a>',
  '<property name="¤">§</property>',
  '<add key="¤" value="§" />',
  '- name: ¤\n  value: §\n',
  '{"name":"¤","value":"§"}',
  'GET /v1/items?¤=§&page=2',
  'host=db ¤=§ dbname=shop',
  'Server=db;¤=§;Encrypt=true',
];

const names = fc
  .tuple(
    fc.constantFrom('', 'app', 'db', 'github'),
    fc.constantFrom('password', 'api key', 'client secret', 'access token', 'private key', 'passphrase'),
    fc.constantFrom<(words: string[]) => string>(
      (words) => words.join('_').toUpperCase(),
      (words) => words.join('_'),
      (words) => words.join('-'),
      (words) => words.map((word, at) => (at === 0 ? word : word[0]?.toUpperCase() + word.slice(1))).join(''),
    ),
  )
  .map(([before, name, spell]) => spell(`${before} ${name}`.trim().split(' ')));

/** What a generator draws: a letter and a digit are always in it, so that it is no word that stands for a value. */
const drawn = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{6,38}[0-9]$/);

describe('NamedValues', () => {
  for (const form of forms) {
    it(`finds the value, and nothing else, in ${JSON.stringify(form)}`, () => {
      fc.assert(
        fc.property(names, drawn, (name, secret) => {
          const text = form.replaceAll('¤', name).replace('§', secret);
          const found = spansOf(text).map(({ start, end }) => text.slice(start, end));
          assert.deepEqual(found, [secret], text);
        }),
      );
    });
  }

  it('finds the argument of a setter, which is a name of its own', () => {
    const text = 'builder.setApiKey("x1y2z3").build()';
    assert.deepEqual(spansOf(text), [{ start: 19, end: 25, reason: 'the value of builder.setApiKey' }]);
  });

  it('finds a password in SQL, which stands behind a space', () => {
    assert.deepEqual(spansOf("ALTER USER app WITH PASSWORD 'x y'"), [
      { start: 30, end: 33, reason: 'the value of PASSWORD' },
    ]);
    assert.deepEqual(spansOf('the password "x" and more of it'), [
      { start: 14, end: 15, reason: 'the value of password' },
    ]);
  });

  it('leaves the scheme of a header, and what is around the value of a cookie', () => {
    for (const [text, hidden] of [
      ['Authorization: Basic x1y2z3\nAccept: */*', 'x1y2z3'],
      ['Set-Cookie: sid=x1y2z3; Path=/', 'x1y2z3'],
      ['Cookie: a=1; sid=x1y2z3\nAccept: */*', 'a=1; sid=x1y2z3'],
    ] as const)
      assert.deepEqual(
        spansOf(text).map(({ start, end }) => text.slice(start, end)),
        [hidden],
      );
  });

  it('leaves numbers, booleans and null as JSON writes them, whatever their name', () => {
    const plain = fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(names, plain, fc.constantFrom('', ' ', '\n  '), (name, value, space) => {
        const text = `{"a":"b",${space}"${name}":${space}${JSON.stringify(value)}${space}}`;
        assert.deepEqual(spansOf(text), [], text);
        assert.deepEqual(spansOf(JSON.stringify(text)), [], text);
      }),
    );
  });

  it('leaves booleans and words of languages without quotes in every form', () => {
    const words = fc.constantFrom('true', 'false', 'null', 'none', 'undefined', 'yes', 'off');
    fc.assert(
      fc.property(fc.constantFrom(...forms), names, words, (form, name, word) => {
        const text = form.replaceAll('¤', name).replace('§', word);
        assert.deepEqual(spansOf(text), [], text);
      }),
    );
  });

  it('leaves counts, page tokens and what is said about a credential in every form', () => {
    const about = fc.constantFrom(
      'token_count',
      'maxTokens',
      'PASSWORD_MIN_LENGTH',
      'nextPageToken',
      'page_token',
      'continuationToken',
      'sync-token',
      'password_policy',
      'secretName',
      'tokenUrl',
      'api_key_id',
    );
    fc.assert(
      fc.property(fc.constantFrom(...forms), about, drawn, (form, name, value) => {
        const text = form.replaceAll('¤', name).replace('§', value);
        assert.deepEqual(spansOf(text), [], text);
      }),
      { numRuns: 500 },
    );
  });

  for (const text of [
    'password: ${DB_PASSWORD}',
    'token = process.env.TOKEN',
    'this.password = password;',
    'const token = await login();',
    'Forgot your password? Reset it.',
    'The password must have 12 characters.',
    'password: required, token: optional',
    'curl -H "Authorization: Bearer $TOKEN"',
    'authorization: see chapter 4',
    'SECRET_KEY=\nAPI_TOKEN=\nPORT=8080',
    'wrong token type: string',
  ]) {
    it(`leaves ${JSON.stringify(text)}`, () => assert.deepEqual(spansOf(text), []));
  }

  marksWhatIsThere(
    spansOf,
    fc.constantFrom(...Array.from('"\'`=:;,<>[]{}()\\ \n\r\t-$&?%.')),
    fc.constantFrom(
      '":',
      '":"',
      '=>',
      ':=',
      '\\"',
      '\\\\\\"',
      '\\u0022',
      '%22',
      'value',
      'name',
      '--',
      'ENV ',
    ),
    fc.constantFrom('password', 'token', 'Authorization', 'Set-Cookie', 'PASSWORD', 'setToken', 'pin', 'pw'),
  );

  readsBounded(spansOf, [
    'password=a&',
    'password=x1 ',
    'Server=db;Password=x1;',
    '{"name":"password","value":"x1"},',
    '- name: password\n  value: x1\n',
    '--password x1 ',
    'ENV password x1\n',
    'password: ',
    'password="',
    "'password='",
    'password=`a"',
    '"password":"',
    '"password":{',
    '"password":["a",',
    '\\"password\\":\\"',
    '<password>',
    'authorization: ',
    'set-cookie: a=b; ',
    'passphrase: a ',
    'API key: ',
    'pwd[',
    'password',
    'password.',
    'password=${',
  ]);
});
