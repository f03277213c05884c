import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bytesOfText, textOfBytes } from './byte-text.ts';

test('any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      assert.deepEqual(bytesOfText(textOfBytes(bytes)), Buffer.from(bytes));
    }),
    { numRuns: 20_000 },
  );
});

// Bytes of characters with a few replaced come nearer to the edges of UTF-8 than bytes that are all random.
test('so do those that are nearly UTF-8', () => {
  const byte = fc.constantFrom(
    0x00,
    0x41,
    0x7f,
    0x80,
    0xbf,
    0xc0,
    0xc2,
    0xe0,
    0xa0,
    0xed,
    0xf0,
    0x90,
    0xf4,
    0xff,
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
      const text = textOfBytes(Uint8Array.from(bytes));
      assert.deepEqual([...bytesOfText(text)], bytes);
      assert.equal(text.isWellFormed(), !/[\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff]./g, '')));
    }),
    { numRuns: 20_000 },
  );
});

test('a text that is UTF-8 is that text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(textOfBytes(Buffer.from(text)), text);
      assert.deepEqual(bytesOfText(text), Buffer.from(text));
    }),
  );
  assert.equal(textOfBytes(Buffer.from('\ufeffa')), '\ufeffa');
});

test('a byte that is none becomes a surrogate of its own', () => {
  for (const [hex, text] of [
    ['ff', '\udcff'],
    ['61c3', 'a\udcc3'],
    ['c3a9ff', 'é\udcff'],
    ['c080', '\udcc0\udc80'],
    ['eda080', '\udced\udca0\udc80'],
    ['f09f9880', '😀'],
    ['f09f98', '\udcf0\udc9f\udc98'],
    ['f4908080', '\udcf4\udc90\udc80\udc80'],
  ] as const)
    assert.equal(textOfBytes(Buffer.from(hex, 'hex')), text, hex);
});

test('a surrogate that stands for no byte is no byte', () => {
  for (const text of ['\ud800', '\udc00', '\udc7f', '\udd00', '\ud800\ud800'])
    assert.deepEqual(bytesOfText(text), Buffer.from('\ufffd'.repeat(text.length)), JSON.stringify(text));
});
