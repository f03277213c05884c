import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  codePointName,
  jsonEscaped,
  oddFromServer,
  oddInRecord,
  oddInTerminal,
  oddOnPage,
  oddWhenPasted,
} from './odd-characters.ts';

const surfaces = {
  page: oddOnPage,
  terminal: oddInTerminal,
  pasted: oddWhenPasted,
  served: oddFromServer,
  record: oddInRecord,
};
type Surface = keyof typeof surfaces;

const marked = (text: string, surface: Surface) =>
  text.replace(surfaces[surface], (found) => `<${codePointName(found)}>`);

const cases: readonly (readonly [text: string, odd: Readonly<Record<Surface, string>>])[] = [
  ['a\tb\nc', { page: '', terminal: '', pasted: 'U+0009 U+000A', served: '', record: 'U+0009 U+000A' }],
  [
    'pay\u202e001',
    { page: 'U+202E', terminal: 'U+202E', pasted: 'U+202E', served: 'U+202E', record: 'U+202E' },
  ],
  ['a\u2028b', { page: 'U+2028', terminal: 'U+2028', pasted: 'U+2028', served: '', record: 'U+2028' }],
  ['x\ud800y', { page: 'U+D800', terminal: '', pasted: 'U+D800', served: 'U+D800', record: 'U+D800' }],
  ['a\ue000b', { page: 'U+E000', terminal: '', pasted: '', served: 'U+E000', record: 'U+E000' }],
  ['a\u0378b', { page: '', terminal: '', pasted: '', served: 'U+0378', record: 'U+0378' }],
  ['a\u00a0b', { page: 'U+00A0', terminal: '', pasted: '', served: '', record: '' }],
  ['a\u034fb', { page: 'U+034F', terminal: 'U+034F', pasted: '', served: 'U+034F', record: '' }],
  ['pay\u200dpal', { page: 'U+200D', terminal: '', pasted: 'U+200D', served: '', record: 'U+200D' }],
  ['می\u200cخواهم', { page: '', terminal: '', pasted: 'U+200C', served: 'U+200C', record: 'U+200C' }],
  ['👩\u200d💻', { page: '', terminal: '', pasted: 'U+200D', served: '', record: 'U+200D' }],
  ['❤\ufe0f', { page: '', terminal: '', pasted: '', served: '', record: '' }],
];

for (const [text, odd] of cases) {
  test(`which of ${JSON.stringify(text)} is odd, by surface`, () => {
    for (const [surface, names] of Object.entries(odd)) {
      // `Object.entries` widens the keys.
      const found = [...text.matchAll(surfaces[surface as Surface])].map(([character]) =>
        codePointName(character),
      );
      assert.equal(found.join(' '), names, surface);
    }
  });
}

test('what may be obeyed or turns text is odd on every surface', () => {
  for (const surface of ['page', 'terminal', 'pasted', 'served', 'record'] as const)
    for (const character of [
      '\u0000',
      '\u001b',
      '\r',
      '\u007f',
      '\u009b',
      '\u061c',
      '\u2066',
      '\ufeff',
      '\u{e0041}',
    ])
      assert.equal(marked(`a${character}b`, surface), `a<${codePointName(character)}>b`, surface);
});

test('an escaped character reads back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (character) => {
      assert.equal(JSON.parse(`"${jsonEscaped(character)}"`), character);
    }),
  );
  assert.equal(jsonEscaped('\u{e0041}'), String.raw`\udb40\udc41`);
});
