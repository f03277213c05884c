import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { inexactNumber } from './exact-numbers.ts';

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
