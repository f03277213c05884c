import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partCalled, parts } from './parts.ts';

test('an address without a part means oneself, and one that names none means nothing', () => {
  assert.equal(partCalled(undefined)?.slug, 'you');
  assert.equal(partCalled('secrets')?.name, 'Secrets');
  for (const hostile of ['', 'constructor', '__proto__', 'Secrets', 'you/'])
    assert.equal(partCalled(hostile), undefined, hostile);
});

test('what only admins may do is marked, by the routes that refuse members', () => {
  const admins = parts.filter(({ adminOnly }) => adminOnly).map(({ slug }) => slug);
  assert.deepEqual(admins, ['members', 'secrets', 'notifications']);
});
