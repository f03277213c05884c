import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { scratchFolder } from '../../test/support/scratch.ts';
import { readTrustedFile } from './trusted-file.ts';

/** A policy of one's own, in a folder of one's own. */
function policy(t: TestContext): { readonly folder: string; readonly path: string } {
  const folder = join(scratchFolder(t), "o'etc");
  mkdirSync(folder, { mode: 0o755 });
  const path = join(folder, 'policy');
  writeFileSync(path, 'key cmd=/bin/sh\n', { mode: 0o644 });
  return { folder, path };
}

function refuses(path: string, message: string): void {
  assert.throws(() => readTrustedFile(path, 'policy'), { code: 'untrusted', message });
}

test('a file that only its owner may write is read', (t) => {
  const { path } = policy(t);
  for (const mode of [0o600, 0o644, 0o755, 0o400]) {
    chmodSync(path, mode);
    assert.equal(readTrustedFile(path, 'policy'), 'key cmd=/bin/sh\n');
  }
});

test('a file that its group or anybody may write is refused', (t) => {
  const { path } = policy(t);
  for (const mode of [0o620, 0o602, 0o666, 0o777]) {
    chmodSync(path, mode);
    refuses(path, `The policy ${path} may be written by others. Run: chmod go-w '${path}'`);
  }
});

test('a file in a folder that others may write is refused', (t) => {
  const { folder, path } = policy(t);
  for (const mode of [0o770, 0o707, 0o777]) {
    chmodSync(folder, mode);
    refuses(path, `The folder of the policy ${path} may be written by others. Run: chmod go-w '${folder}'`);
  }
});

test('a folder in which nobody may take away what is another’s is as good', (t) => {
  const { folder, path } = policy(t);
  chmodSync(folder, 0o1777);
  assert.equal(readTrustedFile(path, 'policy'), 'key cmd=/bin/sh\n');
});

test('a file of another user is refused', {
  skip: process.getuid?.() === 0 ? false : 'only root can give a file away',
}, (t) => {
  const { path } = policy(t);
  chownSync(path, 12_345, 12_345);
  refuses(path, `The policy ${path} belongs to another user. Make it yours, or root's.`);
});

test('a file that is not there is refused', (t) => {
  const { folder } = policy(t);
  const path = join(folder, 'other');
  refuses(path, `The policy ${path} cannot be read: ENOENT: no such file or directory, open '${path}'`);
});

test('a folder is no file', (t) => {
  const { folder } = policy(t);
  refuses(folder, `The policy ${folder} cannot be read: EISDIR: illegal operation on a directory, read`);
});
