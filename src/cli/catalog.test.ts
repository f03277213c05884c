import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionCalled } from './catalog.ts';
import { catalog, connector, source } from './fixtures/recorded.ts';

test('an action is found by the id of its source, and by its name', async () => {
  const made = { sourceId: connector.sourceId, actionId: 'create_directory' };
  assert.deepEqual(await actionCalled(`${connector.sourceId}:create_directory`, catalog), made);
  assert.deepEqual(await actionCalled('files:create_directory', catalog), made);
});

test('colons in an action are its own', async () => {
  assert.deepEqual(await actionCalled('files:read:all', catalog), {
    sourceId: connector.sourceId,
    actionId: 'read:all',
  });
});

test('an id goes before a name', async () => {
  const both = {
    sources: [source('a', 'mcp', 'linear', ['x']), source('linear', 'provider', 'Linear', ['x'])],
  };
  assert.deepEqual(await actionCalled('linear:x', both), { sourceId: 'linear', actionId: 'x' });
});

test('a text that can be read in two ways is refused, and says how to write both', async () => {
  const two = { sources: [source('a:b', 'mcp', 'one', ['c']), source('a', 'mcp', 'two', ['b:c'])] };
  await assert.rejects(actionCalled('a:b:c', two), {
    code: 'ambiguous',
    message:
      '"a:b:c" can mean 2 actions. Write one of: --integration a:b --action c or --integration a --action b:c.',
  });
});

test('what is not there is refused, with the nearest', async () => {
  await assert.rejects(actionCalled('files:create_dirctory', catalog), {
    code: 'unknown_action',
    message:
      'There is no action "files:create_dirctory" for this session. Did you mean "files:create_directory"?',
  });
  await assert.rejects(actionCalled('xyzzy:nothing', catalog), {
    code: 'unknown_action',
    message:
      'There is no action "xyzzy:nothing" for this session. `assent actions list` shows what there is; a source that does not answer is left out.',
  });
});

test('a text without a colon names no action', async () => {
  await assert.rejects(actionCalled('create_issue', catalog), {
    code: 'usage',
    message: '"create_issue" names no action. Write source:action, as `assent actions list` shows it.',
  });
});
