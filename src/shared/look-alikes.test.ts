import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { oddTexts } from '../../test/support/odd-texts.ts';
import { lookAlikes, visibleName, visibleText } from './look-alikes.ts';

/** As a name, and as a text; where a text is not marked, it is as it was. */
const marked: readonly (readonly [text: string, asName: string, asText: string])[] = [
  ['pаypal', 'pаypal‹Latin + Cyrillic›', 'pаypal‹Latin + Cyrillic›'],
  ['drοp table', 'drοp‹Latin + Greek› table', 'drοp‹Latin + Greek› table'],
  ['раураӏ', 'раураӏ‹Cyrillic›', 'раураӏ'],
  ['Вера', 'Вера‹Cyrillic›', 'Вера'],
  ['Вера Иванова', 'Вера Иванова', 'Вера Иванова'],
  ['ΡΑΥ', 'ΡΑΥ‹Greek›', 'ΡΑΥ'],
  ['ցօօցlе', 'ցօօցlе‹Latin + Cyrillic + Armenian›', 'ցօօցlе‹Latin + Cyrillic + Armenian›'],
  ['αа', 'αа‹Cyrillic + Greek›', 'αа‹Cyrillic + Greek›'],
  ['aא', 'aא‹Latin + another script›', 'aא‹Latin + another script›'],
  ['ｐａｙ', 'ｐａｙ‹styled letters›', 'ｐａｙ‹styled letters›'],
  ['𝐩𝐚𝐲', '𝐩𝐚𝐲‹styled letters›', '𝐩𝐚𝐲‹styled letters›'],
  ['see https://раураӏ.com/x', 'see https://раураӏ‹Cyrillic›.com/x', 'see https://раураӏ‹Cyrillic›.com/x'],
  ['to billing@оса.ру', 'to billing@оса‹Cyrillic›.ру‹Cyrillic›', 'to billing@оса‹Cyrillic›.ру‹Cyrillic›'],
  ['https://пример.рф', 'https://пример.рф', 'https://пример.рф'],
  ['pа\u202eypal', 'pа‹Latin + Cyrillic›‹U+202E›ypal', 'pа‹Latin + Cyrillic›‹U+202E›ypal'],
];

for (const [text, asName, asText] of marked) {
  test(`${JSON.stringify(text)} is marked`, () => {
    assert.equal(visibleName(text), asName);
    assert.equal(visibleText(text), asText);
  });
}

const unmarked = [
  'deploy',
  'naïve Größe',
  'Москва',
  'release-выпуск',
  '東京tower',
  'カラーtest',
  '한국abc',
  'ज़िंदगी',
  '1º',
  'm²',
  '№ 5',
  '👩\u200d💻',
];
for (const text of unmarked) {
  test(`${JSON.stringify(text)} is not`, () => {
    assert.equal(visibleName(text), text);
    assert.deepEqual(lookAlikes(text, { isName: true }), []);
  });
}

test('what is odd is named in a name too, and nobody can write a mark', () => {
  for (const { text, shown } of oddTexts) assert.equal(visibleText(text), shown);
  assert.equal(visibleName('paypal‹Latin›'), 'paypal‹U+2039›Latin›');
});

test('no two names come out alike', () => {
  const unit = fc.constantFrom(...Array.from('aа.‹›+ '), 'Latin', 'Cyrillic', '\u200d');
  fc.assert(
    fc.property(fc.string({ unit }), fc.string({ unit }), (one, other) => {
      if (one !== other) assert.notEqual(visibleName(one), visibleName(other));
      const back = visibleName(one)
        .replace(/‹(?!U\+)[^›]*›/g, '')
        .replace(/‹U\+([0-9A-F]+)›/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
      assert.equal(back, one);
    }),
  );
});
