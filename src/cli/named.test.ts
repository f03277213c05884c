import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pick, workingFirst } from './named.ts';

const all = [
  { id: '1', name: 'deploy', revokedAt: null },
  { id: '2', name: 'triage', revokedAt: null },
  { id: '3', name: 'triage', revokedAt: '2026-11-21T11:04:05.414Z' },
  { id: '4', name: null, revokedAt: null },
];
const choice = {
  what: 'session',
  all,
  nameOf: ({ name }: { name: string | null }) => name,
  listing: 'assent sessions list',
};

test('an id or a name names one', async () => {
  assert.equal((await pick('4', choice)).id, '4');
  assert.equal((await pick('deploy', choice)).id, '1');
});

test('a name that several have is refused, with their ids', async () => {
  await assert.rejects(pick('triage', choice), {
    code: 'ambiguous',
    message: 'There are 2 sessions called "triage". Say which by its id: 2, 3.',
  });
});

test('of those, one that works is meant', async () => {
  assert.equal((await pick('triage', { ...choice, all: workingFirst('triage', all) })).id, '2');
  assert.deepEqual(workingFirst('nobody', all), all);
});

test('a name that nobody has is refused, with the nearest', async () => {
  await assert.rejects(pick('deplyo', choice), {
    code: 'not_found',
    message: 'There is no session "deplyo". Did you mean "deploy"?',
  });
  await assert.rejects(pick('xyzzy', choice), {
    code: 'not_found',
    message: 'There is no session "xyzzy". `assent sessions list` shows them.',
  });
});
