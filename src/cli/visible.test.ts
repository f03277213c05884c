import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oddTexts, ordinaryTexts } from '../../test/support/odd-texts.ts';
import { prettyJson, visibleValue } from './visible.ts';

test('a value is seen through to its keys', () => {
  for (const { text, shown } of oddTexts)
    assert.deepEqual(visibleValue({ [text]: [{ a: text, n: 3 }] }), { [shown]: [{ a: shown, n: 3 }] });
  for (const text of ordinaryTexts) assert.deepEqual(visibleValue([text]), [text]);
});

test('JSON made visible reads back as the same', () => {
  for (const { text, json } of oddTexts) {
    const value = { [text]: [text, { deep: text }], n: 1, none: null };
    assert.ok(prettyJson(value).includes(`[\n    ${json},`), json);
    assert.deepEqual(JSON.parse(prettyJson(value)), value);
  }
});

test('no result is null', () => {
  assert.equal(prettyJson(undefined), 'null');
});
