import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assertLinear } from '../../test/support/growth.ts';
import { inexactNumber, parseExactJson } from './exact-numbers.ts';

describe('inexactNumber', () => {
  for (const [written, held] of [
    ['1234567890123456789', '1234567890123456800'],
    ['-1234567890123456789', '-1234567890123456800'],
    ['9007199254740993', '9007199254740992'],
    ['0.1234567890123456789', '0.12345678901234568'],
    ['1e400', 'Infinity'],
    ['-1e400', '-Infinity'],
    ['1e-400', '0'],
    ['123456789012345678901234567890', '1.2345678901234568e+29'],
  ] as const) {
    it(`finds ${written}, wherever it stands`, () => {
      for (const text of [written, `[${written}]`, `{"a":"\\"x\\\\","b":[1, ${written} ]}`])
        assert.deepEqual(inexactNumber(text), { written, held });
    });
  }

  for (const text of [
    '0',
    '-0',
    '0.0',
    '1.50',
    '100000000000000000000',
    '9007199254740992',
    '1e3',
    '1E+21',
    '1.0e-7',
    '0e999',
    '"1234567890123456789"',
    '{"1234567890123456789":"9\\"1234567890123456789"}',
    '0.1',
    '123456789012345.6',
    '5e-324',
    '1.7976931348623157e308',
  ]) {
    it(`leaves ${text} alone`, () => assert.equal(inexactNumber(text), undefined));
  }

  it('agrees with exact arithmetic for whole numbers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (value) => {
        // What is sent on is what JavaScript writes for it: 2^60 is held, and written as 1152921504606847000.
        assert.equal(inexactNumber(`[${value}]`) === undefined, wholeOf(Number(value)) === value);
      }),
    );
  });

  it('leaves alone whatever JavaScript itself writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => assert.equal(inexactNumber(JSON.stringify(value)), undefined)),
    );
  });

  it('takes a text of one kind of character in its stride', () => {
    for (const piece of ['0', '\\', '"\\"', '9', '-', '1e1,'])
      inexactNumber(`["${'1'.repeat(16)}",${piece.repeat(100_000)}]`);
  });
});

function wholeOf(value: number): bigint {
  const [mantissa = '', power = '0'] = String(value).split('e+');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(Number(power) - fraction.length);
}

describe('parseExactJson', () => {
  for (const [text, value] of [
    ['1234567890123456789', '1234567890123456789'],
    ['[-9007199254740993,1]', ['-9007199254740993', 1]],
    ['{"id": 1e400 ,"1e400":"x 1e400"}', { id: '1e400', '1e400': 'x 1e400' }],
    ['[12345678901234567.89]', ['12345678901234567.89']],
    ['[1152921504606846976]', ['1152921504606846976']],
    // As C and Go write 0.1.
    ['[0.10000000000000001,1.0000000000000000e-05]', [0.1, 0.00001]],
    ['[0,-0.0,1E+21,9007199254740992]', [0, -0, 1e21, 9007199254740992]],
  ] as const)
    it(`reads ${text}`, () => assert.deepEqual(parseExactJson(text), value));

  it('reads as JSON.parse does wherever that is exact', () => {
    fc.assert(fc.property(fc.json(), (text) => assert.deepEqual(parseExactJson(text), JSON.parse(text))));
  });

  it('refuses what is no JSON', () => {
    for (const text of ['01234567890123456789', '{1234567890123456789:1}', '[1234567890123456789', ''])
      assert.throws(() => parseExactJson(text), SyntaxError);
  });

  it('takes any nesting', () => {
    const deep = `${'['.repeat(100_000)}1234567890123456789${']'.repeat(100_000)}`;
    assert.ok(Array.isArray(parseExactJson(deep)));
  });

  it('takes many numbers in its stride', () => {
    assertLinear('reading exactly', 100_000, (size) => {
      const text = `[${Array(size).fill('1234567890123456789').join(',')}]`;
      return () => parseExactJson(text);
    });
  });
});
