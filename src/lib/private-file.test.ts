import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { writePrivateFile } from './private-file.ts';

test('is its owner’s alone, whole, and leaves nothing beside it', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assent-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'deeper', 'file');
  writePrivateFile(path, 'one');
  writePrivateFile(path, 'two');
  assert.equal(readFileSync(path, 'utf8'), 'two');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, 'deeper')).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(join(folder, 'deeper')), ['file']);
});

test('a place that cannot be written leaves nothing', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'assent-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'file'), '');
  assert.throws(() => writePrivateFile(join(folder, 'file', 'below'), 'text'), { code: /EEXIST|ENOTDIR/ });
  assert.deepEqual(readdirSync(folder), ['file']);
});

test('a place that takes no folders is refused, and not tried for ever', {
  skip: process.platform !== 'linux',
}, () => {
  assert.throws(() => writePrivateFile('/proc/assent/file', 'text'), { code: 'ENOENT' });
});
