import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionsCalled, callName } from './action-names.ts';

const source = (id: string, displayName: string, ...actions: string[]) => ({
  id,
  displayName,
  actions: actions.map((action) => ({ id: action })),
});
const files = source('connector:0', 'files', 'read', 'read:all');
const linear = source('linear', 'Linear', 'create_issue');

test('a source is called by its name only where that is one plain word and means no other', () => {
  const taken = source('connector:1', 'linear');
  const twice = source('connector:2', 'files');
  const spaced = source('connector:3', 'my files');
  const all = [files, linear, taken, twice, spaced];
  assert.deepEqual(
    all.map((one) => callName(one, all)),
    ['connector:0', 'Linear', 'connector:1', 'connector:2', 'connector:3'],
  );
  assert.equal(callName(files, [files, linear]), 'files');
});

test('ids go before names, and colons belong to whatever fits', () => {
  const called = (typed: string, ...sources: (typeof files)[]) =>
    actionsCalled(typed, sources).map(({ sourceId, actionId }) => [sourceId, actionId]);
  assert.deepEqual(called('connector:0:read', files, linear), [['connector:0', 'read']]);
  assert.deepEqual(called('files:read:all', files, linear), [['connector:0', 'read:all']]);
  assert.deepEqual(called('linear:x', source('a', 'linear', 'x'), source('linear', 'Linear', 'x')), [
    ['linear', 'x'],
  ]);
  assert.deepEqual(called('a:b:c', source('a:b', 'one', 'c'), source('a', 'two', 'b:c')), [
    ['a:b', 'c'],
    ['a', 'b:c'],
  ]);
  assert.deepEqual(called('files:write', files, linear), []);
});
