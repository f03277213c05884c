import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columns, facts, shortened } from './columns.ts';

test('cells stand under one another, whatever colours they have', () => {
  assert.equal(
    columns([
      ['a', 'bb', 'c'],
      ['\u001b[31maaa\u001b[39m', 'b', 'long text'],
    ]),
    'a    bb  c\n\u001b[31maaa\u001b[39m  b   long text',
  );
});

test('a cell with lines in it stays one line, so that it cannot pass for a row', () => {
  assert.equal(columns([['a\nfake  row', 'b']]), 'a fake  row  b');
});

test('a fact that is not there is left out', () => {
  assert.equal(facts({ id: '1', error: null, session: undefined }), '  id  1');
});

test('a long text is cut', () => {
  assert.equal(shortened('one two three', 8), 'one two…');
  assert.equal(shortened('short', 8), 'short');
});
