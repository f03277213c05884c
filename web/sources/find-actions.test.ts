import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceAction } from '../../src/contract/sources.ts';
import type { ActionSearch } from './action-search.ts';
import { findActions } from './find-actions.ts';

const action = (id: string, more: Partial<SourceAction> = {}): SourceAction => ({
  id,
  description: '',
  riskLevel: 'write',
  riskSource: 'fallback',
  mode: 'require_approval',
  modeSource: 'inferred_default',
  hash: 'now',
  shownHash: 'now',
  reviewedHash: null,
  drifted: false,
  reviewed: null,
  params: {},
  unchecked: [],
  inherited: { mode: 'require_approval', modeSource: 'inferred_default' },
  ...more,
});

const actions = [
  action('read_file', { riskLevel: 'read', reviewedHash: 'now' }),
  action('write_file', { description: 'Overwrites a File.' }),
  action('move_file', { reviewedHash: 'then', drifted: true }),
  action('constructor', { reviewedHash: 'now' }),
];
const source = { id: 'connector:1', displayName: 'files' };
const stored = { 'connector:1:write_file': 'allow', 'connector:2:read_file': 'deny' };
const found = (search: ActionSearch, reviewable = true) =>
  findActions(actions, search, { source: { ...source, reviewable }, stored }).map(({ id }) => id);

test('words are looked for in the name, the description, the risk and the name of the source', () => {
  assert.deepEqual(found({}), ['read_file', 'write_file', 'move_file', 'constructor']);
  assert.deepEqual(found({ text: 'OVERWRITES' }), ['write_file']);
  assert.deepEqual(found({ text: '  file move ' }), ['move_file']);
  assert.deepEqual(found({ text: 'read' }), ['read_file']);
  assert.deepEqual(found({ text: 'files construct' }), ['constructor']);
  assert.deepEqual(found({ text: 'nothing' }), []);
});

test('what is still to review is what nobody has looked at, and what has changed since', () => {
  assert.deepEqual(found({ show: 'review' }), ['write_file', 'move_file']);
  assert.deepEqual(found({ show: 'review' }, false), []);
});

test('what is set is what the map has under exactly this key', () => {
  assert.deepEqual(found({ show: 'set' }), ['write_file']);
  assert.deepEqual(found({ show: 'set', text: 'move' }), []);
});
