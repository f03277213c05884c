import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { argumentsOf, argumentsText } from './arguments.ts';

test('one argument a line', () => {
  assert.deepEqual(argumentsOf('-y\n  my server  \r\n\n--root=/srv/a b\n'), [
    '-y',
    'my server',
    '--root=/srv/a b',
  ]);
  assert.deepEqual(argumentsOf(''), []);
});

test('quotes around a whole line are not part of it; others are', () => {
  assert.deepEqual(argumentsOf('"/srv/my files"\n"unfinished\n"a" "b"\n\'c\''), [
    '/srv/my files',
    '"unfinished',
    '"a" "b"',
    "'c'",
  ]);
});

test('any arguments come back from the text as they were', () => {
  const anyArguments = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('', ' ', '"', '"x"', 'a\nb', 'a\r', '\t')),
  );
  fc.assert(fc.property(anyArguments, (args) => assert.deepEqual(argumentsOf(argumentsText(args)), args)));
});
