import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, isNarrowed, readFilters } from './filters.ts';

const sessionId = '01a1fed7-2cd1-755c-947d-85091549c497';

test('reads what the page itself writes', () => {
  const filters = { status: 'failed', sourceId: 'connector:x', sessionId, last: '7d', text: 'a b' } as const;
  assert.deepEqual(readFilters(filters), filters);
});

test('a time of day in another zone becomes UTC', () => {
  assert.deepEqual(readFilters({ from: '2026-11-21T10:00:00+02:00', to: '2026-11-21T09:30Z' }), {
    from: '2026-11-21T08:00:00.000Z',
    to: '2026-11-21T09:30:00.000Z',
  });
});

test('from and to go before a period', () => {
  const from = '2026-11-21T08:00:00.000Z';
  assert.deepEqual(readFilters({ last: '24h', from }), { from });
});

test('a number that was typed as text is text', () => {
  assert.deepEqual(readFilters({ text: 42 }), { text: '42' });
  assert.deepEqual(readFilters({ text: true }), { text: 'true' });
});

const senseless: readonly (readonly [why: string, search: Record<string, unknown>])[] = [
  ['no status', { status: 'lost' }],
  ["a prototype's member for a status", { status: 'constructor' }],
  ['a list for a status', { status: ['failed'] }],
  ['no period', { last: '2h' }],
  ["a prototype's member for a period", { last: 'toString' }],
  ['no uuid', { sessionId: '../tokens' }],
  ['a uuid with a line end behind', { sessionId: `${sessionId}\n` }],
  ['an empty text', { text: '' }],
  ['a text with a control character', { text: 'a\u0000b' }],
  ['a text that is too long', { text: 'x'.repeat(201) }],
  ['a text of more UTF-16 units than the gateway takes', { text: '😀'.repeat(101) }],
  ['an object for a text', { text: { a: 1 } }],
  ['a source with a line end', { sourceId: 'a\nb' }],
  ['no time', { from: 'yesterday' }],
  ['a day that is none', { from: '2026-13-41T00:00:00Z' }],
  ['a time before 1970', { to: '1969-12-31T00:00:00Z' }],
  ['a time without a zone', { from: '2026-11-21T10:00:00' }],
  ['something else', { cursor: 'x', limit: '1000000', ['__proto__']: { status: 'failed' } }],
];

for (const [why, search] of senseless) {
  test(`${why} is left out`, () => assert.deepEqual(readFilters(search), {}));
}

test('an end before the beginning is left out', () => {
  const from = '2026-11-21T08:00:00.000Z';
  assert.deepEqual(readFilters({ from, to: '2026-11-21T08:00:00Z' }), { from });
});

test('a change takes away what is undefined, and keeps the rest', () => {
  assert.deepEqual(changed({ status: 'failed', text: 'x' }, { status: undefined, last: '1h' }), {
    text: 'x',
    last: '1h',
  });
  assert.equal(isNarrowed(changed({ text: 'x' }, { text: undefined })), false);
  assert.equal(isNarrowed({ text: 'x' }), true);
});
