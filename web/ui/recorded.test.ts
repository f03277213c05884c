import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marker } from '../../src/policy/secret-spans.ts';
import { truncate } from '../../src/policy/truncate.ts';
import { hasRedacted, isWithheld, sizeBeforeCut, sizeText } from './recorded.ts';

test("finds the gateway's own mark, wherever it stands", () => {
  const values = [marker, `Bearer ${marker}`, [{ deep: [marker] }], { [`k${marker}`]: 1 }];
  for (const value of values) assert.equal(hasRedacted(value), true, JSON.stringify(value));
  for (const value of [null, 'redacted', 1, {}, [], { a: { b: ['x'] } }])
    assert.equal(hasRedacted(value), false, JSON.stringify(value));
});

test('tells the size of what the gateway has shortened', () => {
  const large = { text: 'x'.repeat(20_000) };
  assert.equal(sizeBeforeCut(truncate(large)), JSON.stringify(large).length);
  assert.equal(sizeBeforeCut(truncate(['x'.repeat(20_000)])), 20_004);
  assert.equal(sizeBeforeCut({ text: 'x' }), undefined);
});

test('marks that the gateway does not write are none', () => {
  for (const value of [null, 'x', { _truncated: true }, { _truncated: 'yes', _originalSize: 1 }])
    assert.equal(sizeBeforeCut(value), undefined);
  assert.equal(sizeBeforeCut({ _truncated: true, _originalSize: '<b>' }), undefined);
});

test('knows a result that was withheld', () => {
  assert.equal(isWithheld({ _withheld: 'It could not be read.' }), true);
  for (const value of [null, 'x', {}, ['_withheld'], { _withheld: 'x', more: 1 }])
    assert.equal(isWithheld(value), false);
});

test('sizes as people write them', () => {
  assert.deepEqual([812, 48_211, 1_234_567].map(sizeText), ['812 B', '48 kB', '1.2 MB']);
});
