import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { oddTexts, ordinaryTexts } from '../../test/support/odd-texts.ts';
import {
  codePointName,
  partsOf,
  visible,
  visibleJson,
  visibleLine,
  visibleSentence,
} from './odd-characters.ts';

/** What `visible` gives, back to what it was given. */
const seenBack = (shown: string) =>
  shown.replace(/‹U\+([0-9A-F]{4,6})›/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );

/** Independent of the definition: by general category, and by hand. */
const neverShown = new RegExp(
  [
    String.raw`\p{C}|\p{Zl}|\p{Zp}|\u00a0|\u1680|[\u2000-\u200a]|\u202f|\u205f|\u3000|\u2800`,
    String.raw`\u034f|\u115f|\u1160|\u3164|\uffa0|[\u180b-\u180f]|[\ufe00-\ufe0e]|[\u{e0100}-\u{e01ef}]`,
  ].join('|'),
  'u',
);
const withoutUsual = (text: string) => text.replace(/[\t\n]|\p{RGI_Emoji}/gv, '');

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('a ‹›U+20D{"\\\t\n'),
      '\u200d',
      '\ufe0f',
      '👩',
      '💻',
      '❤',
      '1',
      '\u20e3',
      '\u0301',
      '\u202e',
      'я',
      'ज',
      '़',
    ),
  }),
);

for (const { text, shown, json } of oddTexts) {
  test(`${JSON.stringify(text)} is shown as ${shown}`, () => {
    assert.equal(visible(text), shown);
    assert.equal(seenBack(shown), text);
    assert.equal(visibleJson(JSON.stringify(text)), json);
    assert.equal(JSON.parse(json), text);
    assert.equal(
      partsOf(text)
        .map((part) => (part.isOdd ? `‹${codePointName(part.text)}›` : part.text))
        .join(''),
      shown,
    );
  });
}

for (const text of ordinaryTexts) {
  test(`${JSON.stringify(text)} stays as it is`, () => {
    assert.equal(visible(text), text);
    assert.equal(visibleJson(text), text);
    assert.deepEqual(partsOf(text), text === '' ? [] : [{ text, isOdd: false }]);
  });
}

test('nobody can write what stands for a character', () => {
  assert.equal(visible('a‹U+200D›b'), 'a‹U+2039›U+200D›b');
  assert.notEqual(visible('a‹U+200D›b'), visible('a\u200db'));
  assert.equal(visible('‹\u200d'), '‹U+2039›‹U+200D›');
});

test('nothing odd is left, and what is shown reads back as what it was', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const shown = visible(text);
      assert.doesNotMatch(withoutUsual(shown), neverShown);
      assert.equal(seenBack(shown), text);
      assert.equal(
        partsOf(text)
          .map((part) => part.text)
          .join(''),
        text,
      );
      assert.doesNotMatch(visibleLine(text), /[\t\n]/);
      assert.equal(seenBack(visibleLine(text)), text);
    }),
  );
});

test('nothing odd is left in JSON, which reads back as the same', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const json = visibleJson(JSON.stringify({ [text]: [text] }));
      assert.doesNotMatch(withoutUsual(json), neverShown);
      assert.deepEqual(JSON.parse(json), { [text]: [text] });
    }),
  );
});

test('a sentence may hold what was made visible before', () => {
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(visibleSentence(visible(text)), visible(text));
      assert.doesNotMatch(withoutUsual(visibleSentence(text)), neverShown);
    }),
  );
});
