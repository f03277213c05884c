import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prettyJson, visible, visibleValue } from './visible.ts';

test('what a terminal would obey is written out', () => {
  assert.equal(visible('\u001b[2Jgone\r\u0007'), '\\u001b[2Jgone\\u000d\\u0007');
  assert.equal(visible('\u009b31m'), '\\u009b31m');
});

test('what turns the direction of text, or is not seen, is written out', () => {
  assert.equal(visible('rm \u202Etxt.exe'), 'rm \\u202etxt.exe');
  assert.equal(visible('a\u200bb\ufeffc'), 'a\\u200bb\\ufeffc');
  assert.equal(visible('\u{e0041}'), '\\udb40\\udc41');
});

test('lines, tabs, other scripts and emoji stay', () => {
  const text = 'one\n\ttwo «é» 日本語 नमस्ते 👩\u200d🔬';
  assert.equal(visible(text), text);
});

test('JSON made visible reads back as the same', () => {
  const value = { 'k\u202e': ['\u001b[0m', '\u{e0041}', '\u2028', { deep: '\u0085' }], n: 1, none: null };
  assert.doesNotMatch(prettyJson(value), /[\u0080-\u009f\u2028\u202e]/);
  assert.deepEqual(JSON.parse(prettyJson(value)), value);
});

test('a value is seen through to its keys', () => {
  assert.deepEqual(visibleValue({ '\u0007': [{ a: '\u0007', n: 3 }] }), {
    '\\u0007': [{ a: '\\u0007', n: 3 }],
  });
});

test('no result is null', () => {
  assert.equal(prettyJson(undefined), 'null');
});
