import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { parseJson, toJson } from '../lib/json.ts';
import { recordable, recordableText } from './record.ts';
import { marker } from './secret-spans.ts';

describe('recordable', () => {
  it('redacts before it truncates: no half of a secret stays at a cut', () => {
    const secret = 'abcdefghijklmnopqrstuvwxyz';
    for (let before = 10_100; before < 10_240; before += 1) {
      const stored = JSON.stringify(
        recordable(`${' '.repeat(before)}${secret.repeat(3)}${' '.repeat(500)}`, [secret]),
      );
      assert(!stored.includes('abcd'));
    }
  });

  it('redacts and truncates in depth', () => {
    const stored = recordable({ a: { token: 'x', log: 'y'.repeat(20_000) } }, []);
    assert.match(
      JSON.stringify(stored),
      /^\{"a":\{"token":"\[redacted\]","log":"y+… \d+ more"\},"_truncated":true/,
    );
  });

  it('takes whatever JSON brings', () => {
    for (const text of [
      '['.repeat(200_000) + ']'.repeat(200_000),
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    ]) {
      assert(Buffer.byteLength(JSON.stringify(recordable(parseJson(text), []))) <= 10_240);
    }
  });

  it('gives valid JSON of at most 10,240 bytes without the secrets, and the same when stored again', () => {
    const secret = fc
      .stringMatching(/^[A-Za-z0-9+/=_.-]{12,40}$/)
      .filter((secret) => !secret.startsWith('_'));
    const piece = (secret: string) =>
      fc.oneof(
        fc.constantFrom(secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')),
        fc.constantFrom('token', '-', '__proto__', '"', '\ud800', '😀'),
        fc
          .tuple(fc.string({ maxLength: 4 }), fc.integer({ max: 3000, min: 0 }))
          .map(([unit, times]) => unit.repeat(times)),
      );
    const cases = secret.chain((secret) => {
      const text = fc.array(piece(secret), { maxLength: 4 }).map((pieces) => pieces.join(''));
      const leaf = fc.oneof(text, fc.integer(), fc.constant(null));
      const object = fc.array(fc.tuple(text, fc.oneof(leaf, fc.array(leaf))), { maxLength: 12 });
      const value = object.map((entries) => toJson(Object.fromEntries(entries)));
      return fc.record({
        secret: fc.constant(secret),
        value: fc.oneof(value, fc.array(value, { maxLength: 10 })),
      });
    });
    fc.assert(
      fc.property(cases, ({ secret, value }) => {
        const stored = recordable(value, [secret]);
        const text = JSON.stringify(stored);
        assert(Buffer.byteLength(text) <= 10_240);
        assert.equal(JSON.stringify(parseJson(text)), text);
        for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
          assert(!text.includes(form));
        }
        assert.equal(JSON.stringify(recordable(stored, [secret])), text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('recordableText', () => {
  it('redacts', () => {
    assert.equal(
      recordableText('401 for https://u:pw@host with abcdefgh', ['abcdefgh']),
      `401 for https://u:${marker}@host with ${marker}`,
    );
  });

  it('ends at 2,000 characters, with an ellipsis, without half a code point', () => {
    assert.equal(recordableText('x'.repeat(2000), []), 'x'.repeat(2000));
    assert.equal(recordableText('x'.repeat(2001), []), `${'x'.repeat(1999)}…`);
    assert.equal(recordableText(`${'x'.repeat(1998)}😀😀`, []), `${'x'.repeat(1998)}…`);
    assert.equal(recordableText(`x${'😀'.repeat(2000)}`, []), `x${'😀'.repeat(999)}…`);
  });

  it('redacts before it cuts', () => {
    assert(!recordableText(`${'x'.repeat(1990)} abcdefghijklmnop`, ['abcdefghijklmnop']).includes('abc'));
  });

  it('holds no NUL, which PostgreSQL refuses', () => {
    assert.equal(recordableText('a\0b', []), 'a\ufffdb');
  });
});
