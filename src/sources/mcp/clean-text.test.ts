import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanText } from './clean-text.ts';

for (const [text, most, shown] of [
  ['short', 10, 'short'],
  ['a\u200bb', 10, 'ab'],
  ['one two three', 10, 'one two…'],
  ['one two', 4, 'one…'],
  ['at once Qx7+kL0p/Zt9vB3n', 20, 'at once…'],
  ['Qx7+kL0p/Zt9vB3n', 10, '…'],
  ['日本語の説明', 4, '日本語の…'],
  ['a😀😀', 4, 'a😀…'],
  ['a\u0000bc def', 5, 'abc…'],
] as const)
  test(`${JSON.stringify(text)} in ${most} is ${shown}`, () => assert.equal(cleanText(text, most), shown));
