import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configLines } from './config-lines.ts';

test('lines that say something, trimmed, by their numbers', () => {
  assert.deepEqual(
    [...configLines('# a\n\n  b # c\t\r\n \t\n\t#d\ne')],
    [
      [3, 'b # c'],
      [6, 'e'],
    ],
  );
});

test('a file that says nothing has none', () => {
  for (const text of ['', '\n', ' ', '#', '\n#\n\t# a\n']) assert.deepEqual([...configLines(text)], []);
});
