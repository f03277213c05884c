import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeBase64 } from './base64.ts';

test('any bytes come back, with and without padding and line ends', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      assert.deepEqual(decodeBase64(text), Buffer.from(bytes));
      assert.deepEqual(decodeBase64(text.replaceAll('=', '')), Buffer.from(bytes));
      assert.deepEqual(decodeBase64(` ${text.replace(/(.{4})/g, '$1\r\n\t')}`), Buffer.from(bytes));
    }),
  );
});

test('what is no base64 is none', () => {
  for (const text of ['!', 'a_b-', 'YQ===', '=YQ=', 'Y=Q', 'é', '\u00a0YQ==', '==', '\0'])
    assert.equal(decodeBase64(text), undefined, text);
});
