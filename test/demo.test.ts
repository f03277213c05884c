import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from './support/scratch.ts';

const script = join(import.meta.dirname, '..', 'scripts', 'demo.ts');

test('the demo plays the whole story, and leaves nothing behind', (t) => {
  const TMPDIR = scratchFolder(t);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--yes'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TMPDIR, NO_COLOR: '1' },
  });
  assert.equal(status, 0, stdout + stderr);
  const told = [
    /listening on http:\/\/127\.0\.0\.1:\d+\n/,
    /files:read_text_file +read +allow/,
    /The deploy key is rotated every Monday\./,
    /files:write_file +pending/,
    /The file is not there yet\./,
    /It waits for you\. Decide in the page:\n.*&next=\/inbox\//,
    /Or here: do you approve this write\? \[y\/n\] y/,
    /On disk now: Written by an agent/,
    /Denied by policy \(inferred_default\)|exit code 1/,
    /denied +files:move_file +deny \(from its risk\)/,
    /completed +files:write_file +require_approval \(from its risk\)/,
    /the scratch folder is gone/,
  ];
  let from = 0;
  for (const part of told) {
    const at = stdout.slice(from).search(part);
    assert.ok(at >= 0, `${part} does not follow in:\n${stdout}`);
    from += at;
  }
  assert.deepEqual(readdirSync(TMPDIR), []);
});

test('without a terminal and without --yes it says what to do', () => {
  const { status, stderr } = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  assert.equal(status, 2);
  assert.equal(
    stderr,
    'demo: there is no terminal to ask on. Let it answer for itself: npm run demo -- --yes\n',
  );
});
