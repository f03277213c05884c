import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sealer } from './seal.ts';

const key = new Uint8Array(32).fill(7);
const refused = { code: 'unsealable', message: /^A stored secret does not open with this key\./ };

test('what is sealed opens again, in its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
      const box = sealer(key);
      assert.equal(box.open(box.seal(text, place), place), text.toWellFormed());
    }),
  );
});

test('the same text is sealed differently each time', () => {
  const box = sealer(key);
  assert.notEqual(box.seal('text', 'place'), box.seal('text', 'place'));
});

test('nothing opens with another key, in another place, or after a change of one bit', () => {
  const sealed = sealer(key).seal('the text', 'place');
  assert.throws(() => sealer(new Uint8Array(32).fill(8)).open(sealed, 'place'), refused);
  assert.throws(() => sealer(key).open(sealed, 'another place'), refused);
  const bytes = Buffer.from(sealed, 'base64');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => sealer(key).open(changed.toString('base64'), 'place'), refused);
  }
});

test('anything else is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.throws(() => sealer(key).open(text, 'place'), refused);
    }),
  );
  assert.throws(() => sealer(new Uint8Array(31)), TypeError);
});
