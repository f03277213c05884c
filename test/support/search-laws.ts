// What holds of every search for credentials in a text, whatever it looks for.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import type { Span } from '../../src/policy/ranges.ts';
import { assertLinear } from './growth.ts';

type Search = (text: string) => readonly Span[];

/** It never fails, and marks in order what stands in the text: in whatever these pieces, and any others, make up. */
export function marksWhatIsThere(search: Search, ...pieces: readonly fc.Arbitrary<string>[]): void {
  it('never fails, and marks in order what stands in the text', () => {
    const piece = fc.oneof(...pieces, fc.string({ maxLength: 6, unit: 'binary' }));
    const texts = fc.array(piece, { maxLength: 40 }).map((some) => some.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const { start, end } of search(text)) {
          assert.ok(last <= start && start < end && end <= text.length, JSON.stringify({ text, start, end }));
          last = start;
        }
      }),
      { numRuns: 5000 },
    );
  });
}

/** It reads each character a bounded number of times, where one of these stands there over and over. */
export function readsBounded(search: Search, units: readonly string[]): void {
  for (const unit of units) {
    it(`reads each character a bounded number of times: ${JSON.stringify(unit)} over and over`, () => {
      assertLinear(unit, 800_000, (size) => {
        const text = unit.repeat(Math.ceil(size / unit.length));
        return () => search(text);
      });
    });
  }
}
