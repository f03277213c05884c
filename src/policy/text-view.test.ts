import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { viewOf } from './text-view.ts';

describe('viewOf', () => {
  it('knows where each part stood', () => {
    const view = viewOf('ab\\"cd  ef', [
      { start: 2, end: 4, by: '"' },
      { start: 6, end: 8, by: '' },
    ]);
    assert.equal(view.text, 'ab"cdef');
    assert.deepEqual(view.original({ start: 0, end: 2 }), { start: 0, end: 2 });
    assert.deepEqual(view.original({ start: 2, end: 3 }), { start: 2, end: 4 });
    assert.deepEqual(view.original({ start: 3, end: 7 }), { start: 4, end: 10 });
    assert.deepEqual(view.original({ start: 3, end: 5 }), { start: 4, end: 6 });
    assert.deepEqual(view.original({ start: 5, end: 6 }), { start: 8, end: 9 });
  });

  it('gives for what is replaced by nothing the text around it, and for a part of a piece the piece', () => {
    const pieces = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.constantFrom('', 'x', 'yyyy')), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(pieces, fc.nat(), fc.nat(), (parts, one, other) => {
        let text = '';
        const replaced = parts.map(([plain, by]) => {
          text += plain;
          const start = text.length;
          text += '##';
          return { start, end: text.length, by };
        });
        text += 'end';
        const view = viewOf(text, replaced);
        const [start, end] = [one % view.text.length, other % view.text.length].toSorted((a, b) => a - b);
        const at = view.original({ start: start ?? 0, end: (end ?? 0) + 1 });
        const inside = replaced.filter((piece) => piece.start >= at.start && piece.end <= at.end);
        const again = viewOf(
          text.slice(at.start, at.end),
          inside.map((piece) => ({
            ...piece,
            start: piece.start - at.start,
            end: piece.end - at.start,
          })),
        );
        assert(again.text.includes(view.text.slice(start, (end ?? 0) + 1)));
      }),
    );
  });
});
