import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { partsOf, visible } from './visible.ts';

const shown = (text: string) =>
  partsOf(text)
    .map((part) => (part.isOdd ? `<${part.text}>` : part.text))
    .join('');

test('ordinary text is one part, whatever its language', () => {
  for (const text of [
    'delete it',
    'naïve façade',
    '日本語',
    'עברית',
    'a\tb\nc',
    '👩‍💻',
    '❤️',
    '1️⃣',
    '👩🏽‍💻',
    'می‌خواهم',
    'क्‍ष',
    ' ',
  ]) {
    assert.deepEqual(partsOf(text), [{ text, isOdd: false }], text);
  }
  assert.deepEqual(partsOf(''), []);
});

test('what hides or turns text around is named', () => {
  assert.equal(shown('pay\u202e001'), 'pay<U+202E>001');
  assert.equal(shown('a\u200bb\u00a0c\r\nd'), 'a<U+200B>b<U+00A0>c<U+000D>\nd');
  assert.equal(shown('\u{e0041}\u{e007f}'), '<U+E0041><U+E007F>');
  assert.equal(shown('x\ud800y'), 'x<U+D800>y');
  assert.equal(shown('report\u{e0141}\ufe0f.txt'), 'report<U+E0141><U+FE0F>.txt');
  assert.equal(shown('pay\u200dpal\u034f\u180b'), 'pay<U+200D>pal<U+034F><U+180B>');
  assert.equal(shown('\u001b[31m'), '<U+001B>[31m');
});

test('nothing is lost, and nothing odd is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const parts = partsOf(text);
      const back = parts.map((part) =>
        part.isOdd ? String.fromCodePoint(Number.parseInt(part.text.slice(2), 16)) : part.text,
      );
      assert.equal(back.join(''), text);
      for (const part of parts)
        if (!part.isOdd) assert.doesNotMatch(part.text, /[^\P{C}\n\t\u200c\u200d\p{Cn}]/u);
    }),
  );
});

test('odd characters stand by name, the rest as it is', () => {
  assert.equal(visible('deploy \u202egnp.exe'), 'deploy [U+202E]gnp.exe');
  assert.equal(visible('plain: é 日本'), 'plain: é 日本');
  assert.equal(visible(''), '');
});
