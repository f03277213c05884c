import assert from 'node:assert/strict';
import { test } from 'node:test';
import { descendantsOf, endingWith } from './descent.ts';

const grants = [
  { id: 'password', cameFrom: null },
  { id: 'browser', cameFrom: 'password' },
  { id: 'token', cameFrom: 'browser' },
  { id: 'agent', cameFrom: 'token' },
  { id: 'elsewhere', cameFrom: 'password' },
  { id: 'passkey', cameFrom: null },
];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

test('what came from something is found through however many others', () => {
  assert.deepEqual(ids(descendantsOf(grants, ['password'])), ['browser', 'token', 'agent', 'elsewhere']);
  assert.deepEqual(ids(descendantsOf(grants, ['browser', 'elsewhere'])), ['token', 'agent']);
  assert.deepEqual(ids(descendantsOf(grants, ['passkey'])), []);
});

test('what is kept stays, with all that came from it', () => {
  assert.deepEqual(ids(endingWith(grants, ['password'], new Set())), [
    'password',
    'browser',
    'token',
    'agent',
    'elsewhere',
  ]);
  assert.deepEqual(ids(endingWith(grants, ['password'], new Set(['token']))), [
    'password',
    'browser',
    'elsewhere',
  ]);
});

test('a ring, which there never is, ends the search and not the page', () => {
  const ring = [
    { id: 'a', cameFrom: 'b' },
    { id: 'b', cameFrom: 'a' },
  ];
  assert.deepEqual(ids(descendantsOf(ring, ['a'])), ['b']);
});
