import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { hiddenIn, type Piece, prettyShown, readShown, type ShownJson } from './shown-json.ts';

/** The value that was read, with holes as `{hidden}`; members of one name stay apart in a list. */
function plain(shown: ShownJson): unknown {
  if (shown.kind === 'object') return shown.members.map(({ name, value }) => [name, plain(value)]);
  return shown.kind === 'list' ? shown.items.map(plain) : [shown.kind, shown.pieces];
}

const joined = (pieces: readonly Piece[]) =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : '')).join('');

test('members keep their order, and those of one name are two', () => {
  const json = [
    '{"b":1,"a":{},"a":[],"":"x","2":null,"1":"',
    { hidden: 3 },
    'y","',
    { hidden: 20 },
    '":',
    { hidden: 9 },
    '}',
  ];
  assert.deepEqual(plain(readShown(json, 6)), [
    [['b'], ['literal', ['1']]],
    [['a'], []],
    [['a'], []],
    [[], ['text', ['x']]],
    [['2'], ['literal', ['null']]],
    [['1'], ['text', [{ hidden: 3 }, 'y']]],
    [[{ hidden: 20 }], ['literal', [{ hidden: 9 }]]],
  ]);
  assert.deepEqual(hiddenIn(json), { places: 3, characters: 32 });
});

test('text that says what a hole says is text', () => {
  const json = ['{"a":"[redacted: 40 characters]","b":"\\u0000","c":{"hidden":40}}'];
  assert.deepEqual(plain(readShown(json, 6)), [
    [['a'], ['text', ['[redacted: 40 characters]']]],
    [['b'], ['text', ['\0']]],
    [['c'], [[['hidden'], ['literal', ['40']]]]],
  ]);
  assert.deepEqual(hiddenIn(json), { places: 0, characters: 0 });
});

test('what is nested too deep to be drawn is its JSON, whole', () => {
  const json = ['{"a":[["]}",{"b":"', { hidden: 4 }, '"}],2],"c":3}'];
  assert.deepEqual(plain(readShown(json, 2)), [
    [
      ['a'],
      [
        ['deep', ['["]}",{"b":"', { hidden: 4 }, '"}]']],
        ['literal', ['2']],
      ],
    ],
    [['c'], ['literal', ['3']]],
  ]);
  const deep = '['.repeat(500_000) + ']'.repeat(500_000);
  assert.deepEqual(plain(readShown([deep], 0)), ['deep', [deep]]);
  assert.equal(prettyShown([`${'['.repeat(5000)}1${']'.repeat(5000)}`]).length, 1);
});

test('several lines are those of JSON, with the holes', () => {
  const json = ['{"a":[1,{"b":"', { hidden: 4 }, ' x"}],"c":{},"d":[]}'];
  assert.deepEqual(prettyShown(json), [
    '{\n  "a": [\n    1,\n    {\n      "b": "',
    { hidden: 4 },
    ' x"\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  ]);
});

test('what has no holes reads and prints as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const json: Piece[] = [JSON.stringify(value)];
      assert.deepEqual(prettyShown(json), [JSON.stringify(JSON.parse(joined(json)), null, 2)]);
      const back = (shown: ShownJson): unknown => {
        if (shown.kind === 'object')
          return Object.fromEntries(shown.members.map((one) => [joined(one.name), back(one.value)]));
        if (shown.kind === 'list') return shown.items.map(back);
        return shown.kind === 'text' ? joined(shown.pieces) : JSON.parse(joined(shown.pieces));
      };
      assert.equal(JSON.stringify(back(readShown(json, 10))), JSON.stringify(JSON.parse(joined(json))));
    }),
  );
});
