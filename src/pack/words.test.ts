import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitWords } from './words.ts';

const cases: readonly [line: string, words: string[] | undefined][] = [
  ['', []],
  [' \t ', []],
  ['exec', ['exec']],
  ['exec  a\tb ', ['exec', 'a', 'b']],
  [`exec 'a b' "c d"`, ['exec', 'a b', 'c d']],
  [`a'b c'd"e"`, ['ab cde']],
  [`'it"s' "it's"`, ['it"s', "it's"]],
  [`'' ""`, ['', '']],
  [`a''`, ['a']],
  ['a\\ b', ['a b']],
  ['\\', ['\\']],
  ['a\\', ['a\\']],
  ['a \\', ['a', '\\']],
  ['\\a\\\\', ['a\\']],
  [`"a\\"b" 'a\\'b'`, ['a"b', "a'b"]],
  [`'a\\nb'`, ['anb']],
  ['\\ ', [' ']],
  [`'a`, undefined],
  [`a"`, undefined],
  [`"a'`, undefined],
  [`'a\\'`, undefined],
  [`'a\\`, undefined],
  ['a\u00a0b\u2028c\r', ['a\u00a0b\u2028c\r']],
  ['a$HOME;`b`|c&*', ['a$HOME;`b`|c&*']],
];

for (const [line, words] of cases)
  test(`${JSON.stringify(line)} is ${JSON.stringify(words)}`, () =>
    assert.deepEqual(splitWords(line), words));
