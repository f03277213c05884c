import assert from 'node:assert/strict';
import { test } from 'node:test';
import { switchValue } from './switch-value.ts';

test('a switch is on, off or neither', () => {
  for (const text of ['1', 'true', 'yes', 'on']) assert.equal(switchValue(text), true, text);
  for (const text of ['0', 'false', 'no', 'off']) assert.equal(switchValue(text), false, text);
  for (const text of ['', ' 1', '1 ', 'True', 'YES', '2', '01', 'y', 'null', 'toString', '__proto__'])
    assert.equal(switchValue(text), undefined, text);
});
