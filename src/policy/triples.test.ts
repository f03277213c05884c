import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Triples } from './triples.ts';

const triples = new Triples<string>();
for (const triple of ['abc', 'bca', 'c-d']) triples.add(triple, triple);

const text = fc
  .array(fc.constantFrom(...Array.from('abcdABC-')), { maxLength: 40 })
  .map((all) => all.join(''));

test('a text that is scanned in pieces is found to hold what it holds as a whole', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat({ max: 40 }), { maxLength: 5 }), (text, cuts) => {
      const whole: string[] = [];
      triples.scan(text, (found, at) => whole.push(`${found.join()} ${at}`));
      const borders = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].toSorted(
        (a, b) => a - b,
      );
      const pieces: string[] = [];
      for (const [index, start] of borders.entries())
        triples.scan(
          text,
          (found, at) => pieces.push(`${found.join()} ${at}`),
          start,
          borders[index + 1] ?? start,
        );
      assert.deepEqual(pieces, whole);
      assert.equal(triples.isIn(text), whole.length > 0);
    }),
    { numRuns: 2000 },
  );
});

test('capitals and small letters count as the same, and nothing is found before three characters', () => {
  const places: number[] = [];
  triples.scan('xABCaBc', (_found, at) => places.push(at));
  assert.deepEqual(places, [1, 2, 4]);
  assert.equal(triples.isIn('bc'), false);
});
