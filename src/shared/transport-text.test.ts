import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellQuoted } from './shell-words.ts';
import { transportText } from './transport-text.ts';

test('a server that is asked over HTTP stands by its address', () => {
  assert.equal(
    transportText({ type: 'http', url: 'https://mcp.test/mcp?a=b' }, shellQuoted),
    'https://mcp.test/mcp?a=b',
  );
});

test('a command stands on one line, and only words that need it are quoted', () => {
  const transport = {
    type: 'stdio',
    command: 'npx',
    args: ['-y', '@scope/fs@1.0', '/my files', '', "it's"],
  } as const;
  assert.equal(
    transportText(transport, shellQuoted),
    String.raw`npx -y @scope/fs@1.0 '/my files' '' 'it'\''s'`,
  );
  assert.equal(transportText(transport, JSON.stringify), `npx -y @scope/fs@1.0 "/my files" "" "it's"`);
});
