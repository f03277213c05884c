import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { assertLinear } from '../../test/support/growth.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, toJson } from '../lib/json.ts';
import { sizes } from './json-size.ts';
import { storedBytes, truncate } from './truncate.ts';

const bytes = (value: JsonValue) => Buffer.byteLength(JSON.stringify(value));

/** Truncates what is known to be too large, and checks what every result promises. */
function short(value: JsonValue, maxBytes: number = storedBytes): JsonObject {
  const result = truncate(value, maxBytes);
  assert(isJsonObject(result));
  assert.equal(result['_truncated'], true);
  assert.equal(result['_originalSize'], bytes(value));
  assert(bytes(result) <= maxBytes, `${bytes(result)} bytes`);
  assert.equal(truncate(result, maxBytes), result);
  return result;
}

describe('truncate', () => {
  it('gives back the very value that fits, to the byte', () => {
    const fitting = { text: 'x'.repeat(storedBytes - bytes({ text: '' })) };
    assert.equal(truncate(fitting), fitting);
    short({ text: `${fitting.text}x` });
  });

  it('leaves marks in a value that fits', () => {
    const value = { _truncated: 'mine', _originalSize: null };
    assert.equal(truncate(value), value);
  });

  it('cuts the bulk and keeps the small fields', () => {
    const result = short({
      id: 'i1',
      log: 'x'.repeat(50_000),
      status: 'ok',
      count: 3,
      tags: ['a', 'b'],
      none: null,
    });
    const { log, _originalSize, ...small } = result;
    assert.deepEqual(small, {
      id: 'i1',
      status: 'ok',
      count: 3,
      tags: ['a', 'b'],
      none: null,
      _truncated: true,
    });
    assert(typeof log === 'string');
    assert.match(log, /^x+… \d+ more$/);
    const [, kept, missing] = /^(x+)… (\d+) more$/.exec(log) ?? [];
    assert.equal((kept ?? '').length + Number(missing), 50_000);
    assert(bytes(result) > storedBytes - 20, 'the room is used');
  });

  it('cuts in depth', () => {
    const result = short({ a: { b: { c: [{ id: 1, body: 'y'.repeat(30_000) }], d: 'small' } } });
    assert.match(
      JSON.stringify(result),
      /^\{"a":\{"b":\{"c":\[\{"id":1,"body":"y+… \d+ more"\}\],"d":"small"\}\}/,
    );
  });

  it('shares the room among several large fields', () => {
    const result = short({ a: 'x'.repeat(20_000), b: 'y'.repeat(4000), c: ['z'.repeat(20_000)] });
    for (const part of ['a', 'b', 'c']) assert(bytes(result[part] ?? null) > 3000, part);
  });

  it('keeps the first items of a long list whole and counts the others', () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, body: 'b'.repeat(500) }));
    const { rows: kept } = short({ rows });
    assert(Array.isArray(kept));
    assert(kept.length > 15);
    assert.deepEqual(kept.slice(0, -1), rows.slice(0, kept.length - 1));
    assert.equal(kept.at(-1), `… ${1000 - kept.length + 1} more`);
  });

  it('wraps what is no object', () => {
    const { value: text } = short('x'.repeat(20_000));
    assert.match(JSON.stringify(text), /^"x+… \d+ more"$/);
    const { value: list } = short(Array.from({ length: 9000 }, (_, at) => at));
    assert(Array.isArray(list));
    assert.deepEqual(list.slice(0, 3), [0, 1, 2]);
  });

  it('takes the marks of a value that is too large for its own', () => {
    const result = short({ _originalSize: 'x'.repeat(9000), _truncated: ['mine'], a: 'y'.repeat(9000) });
    assert.equal(JSON.stringify(result['a']).length, 9002);
  });

  it('drops a member with a huge key before any small one', () => {
    const result = short({ ['k'.repeat(20_000)]: 1, a: 1, ['l'.repeat(20_000)]: 'x'.repeat(20_000), b: 2 });
    assert.deepEqual(result, {
      a: 1,
      b: 2,
      '…': '2 more',
      _truncated: true,
      _originalSize: result['_originalSize'],
    });
  });

  it('keeps all of some dozen large fields', () => {
    const result = short(
      Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`field${at}`, 'x'.repeat(1000)])),
    );
    assert.equal(Object.keys(result).length, 52);
  });

  it('keeps the first of 100,000 members and counts the others', () => {
    const result = short(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key${at}`, at])));
    const kept = Object.keys(result).filter((key) => key.startsWith('key'));
    assert(kept.length > 500);
    assert.equal(result['key0'], 0);
    assert.equal(result['…'], `${100_000 - kept.length} more`);
  });

  it('does not part a code point, and counts unpaired surrogates as their escapes', () => {
    assert.match(JSON.stringify(short('😀'.repeat(5000))['value']), /^"(?:😀)+… \d+ more"$/u);
    short('\u007f\u0080\u07ff\u0800\ud7ff\ud800 \udfff\ue000\uffff\u{10000}\u{10ffff}'.repeat(1000));
    short('\ud83d'.repeat(2000));
    short(`a${'\ude00\ud83d'.repeat(3000)}`);
    short('\u0000\n"\\\u2028\u007f'.repeat(2000));
  });

  it('keeps __proto__ as data', () => {
    const value = parseJson(`{"__proto__":{"a":1},"_truncated":0,"b":"${'x'.repeat(20_000)}"}`);
    assert.match(JSON.stringify(short(value)), /^\{"__proto__":\{"a":1\},"b":"x/);
  });

  it('works down to 128 bytes, and refuses less', () => {
    for (const value of ['x'.repeat(500), Array(500).fill(12.5), { a: { b: { c: 'x'.repeat(500) } } }])
      short(value, 128);
    assert.throws(() => truncate('x', 127), TypeError);
  });

  it('takes 10 MB in steps of their number', () => {
    const row = {
      title: 'Checkout fails',
      body: 'When a user presses Pay nothing happens. '.repeat(5),
      labels: ['a', 'b'],
    };
    const values = {
      nested: (size: number) => parseJson(`${'[{"a":'.repeat(100)}"${'x'.repeat(size)}"${'}]'.repeat(100)}`),
      text: (size: number) => 'x'.repeat(size),
      rows: (size: number) => Array.from({ length: size / 250 }, () => ({ ...row })),
    };
    for (const [name, valueOf] of Object.entries(values)) {
      assertLinear(name, 10_000_000, (size) => {
        const value = valueOf(size);
        return () => truncate(value);
      });
    }
  });

  it('measures as JSON.stringify and UTF-8 do', () => {
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes));
    const value = fc.oneof(
      units,
      fc.array(units),
      fc.dictionary(units, units),
      fc.jsonValue().map(toJson),
      fc.double().map(toJson),
    );
    fc.assert(fc.property(value, (value) => assert.equal(sizes()(value), bytes(value))));
  });

  it('keeps its promises for any value', () => {
    // Leaves of up to a few kilobytes, so that what is too large is so by its leaves, its keys or its number of members.
    const leaf = fc.oneof(text, fc.double().map(toJson), fc.constantFrom(null, true));
    const repeated = fc.tuple(leaf, fc.nat(400)).map(([item, length]) => Array<JsonValue>(length).fill(item));
    const values = fc.letrec<{ tree: JsonValue }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        repeated,
        fc.array(tie('tree'), { maxLength: 20 }),
        fc.array(fc.tuple(key, tie('tree')), { maxLength: 20 }).map((entries) => Object.fromEntries(entries)),
      ),
    })).tree;
    let cut = 0;
    fc.assert(
      fc.property(values, fc.constantFrom(128, 200, 1000, storedBytes), (value, maxBytes) => {
        if (bytes(value) <= maxBytes) return assert.equal(truncate(value, maxBytes), value);
        cut += 1;
        short(value, maxBytes);
      }),
      { numRuns: 500 },
    );
    assert(cut > 50, `only ${cut} values were too large`);
  });

  it('keeps every small member while they fit together', () => {
    const smallKey = fc.stringMatching(/^[a-z]{1,10}$/).map((name) => `small-${name}`);
    const small = fc.dictionary(smallKey, fc.oneof(fc.string({ maxLength: 20 }), fc.integer()), {
      maxKeys: 40,
    });
    const large = fc.dictionary(
      key,
      fc.integer({ min: 200, max: 3000 }).map((length) => 'é'.repeat(length)),
      { maxKeys: 60 },
    );
    fc.assert(
      fc.property(small, large, (small, large) => {
        const value = toJson({ ...large, fixed: 'x'.repeat(storedBytes), ...small });
        const result = short(value);
        for (const [key, inner] of Object.entries(small)) assert.deepEqual(result[key], inner);
      }),
    );
  });
});

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc
    .tuple(fc.string({ unit: 'binary', maxLength: 10 }), fc.integer({ min: 0, max: 1000 }))
    .map(([unit, times]) => unit.repeat(times)),
  fc
    .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 300 })
    .map((codes) => String.fromCharCode(...codes)),
);

const key = fc.oneof(
  text,
  fc.constantFrom('__proto__', '_truncated', '_originalSize', 'value', '…', '0', 'toJSON'),
);
