import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstLine } from './first-line.ts';

test('what fits is left as it is', () => {
  for (const text of ['', 'Reads a file.', ' Reads a file.\n', 'x'.repeat(180)])
    assert.equal(firstLine(text), text);
});

test('what has more says so', () => {
  assert.equal(firstLine('Reads a file.\n\nAnd more.'), 'Reads a file. …');
  assert.equal(firstLine('\n\n  Reads a file.  \nAnd more.'), 'Reads a file. …');
  assert.equal(firstLine('x'.repeat(181)), `${'x'.repeat(180)}…`);
});

test('a character is not cut in half', () => {
  assert.equal(firstLine(`${'x'.repeat(179)}😀 and more`), `${'x'.repeat(179)}…`);
});
