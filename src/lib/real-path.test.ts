import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../../test/support/scratch.ts';
import { holdFolder, isWithin, realPath } from './real-path.ts';

test('a real path has no links and no dots in it', (t) => {
  const folder = realpathSync(scratchFolder(t));
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'a/file'), '');
  symlinkSync('a/b', join(folder, 'link'));
  assert.equal(
    realPath(join(folder, 'link', '..', 'file')),
    undefined,
    'join has taken the link with the dots',
  );
  assert.equal(realPath(`${folder}/link/../file`), join(folder, 'a/file'));
  assert.equal(realPath(`${folder}/./link//`), join(folder, 'a/b'));
});

test('what is not there has none', (t) => {
  const folder = scratchFolder(t);
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('nothing', join(folder, 'dangling'));
  symlinkSync('loop', join(folder, 'loop'));
  for (const name of ['nothing', 'dangling', 'loop', 'file/below', 'a\0b', 'x'.repeat(5000)])
    assert.equal(realPath(`${folder}/${name}`), undefined, name.slice(0, 20));
  assert.equal(realPath(''), undefined);
});

test('a path lies within a folder by whole names', () => {
  for (const [path, folder, within] of [
    ['/root', '/root', true],
    ['/root/a', '/root', true],
    ['/root/a/b', '/root', true],
    ['/root-evil', '/root', false],
    ['/root-evil/a', '/root', false],
    ['/roo', '/root', false],
    ['/', '/root', false],
    ['/', '/', true],
    ['/a', '/', true],
  ] as const)
    assert.equal(isWithin(path, folder), within, `${path} in ${folder}`);
});

test('a folder that is held says where it really is', (t) => {
  const folder = realpathSync(scratchFolder(t));
  mkdirSync(join(folder, 'a'));
  symlinkSync('a', join(folder, 'link'));
  const held = holdFolder(join(folder, 'link'));
  assert.equal(held?.realPath, join(folder, 'a'));
  held?.release();
});

test('a folder that is held stays the one that was looked at', {
  skip: process.platform === 'linux' ? false : 'only Linux has paths that lead through a descriptor',
}, (t) => {
  const folder = scratchFolder(t);
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a/mine'), '');
  const held = holdFolder(join(folder, 'a'));
  assert.ok(held);
  renameSync(join(folder, 'a'), join(folder, 'b'));
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a/other'), '');
  assert.deepEqual(readdirSync(held.path), ['mine']);
  rmSync(join(folder, 'b'), { recursive: true });
  assert.throws(() => writeFileSync(join(held.path, 'new'), ''), { code: 'ENOENT' });
  held.release();
});

test('what is no folder is not held, and leaves nothing open', (t) => {
  const folder = scratchFolder(t);
  writeFileSync(join(folder, 'file'), '');
  symlinkSync('nothing', join(folder, 'dangling'));
  const before = openDescriptors();
  for (const name of ['file', 'nothing', 'dangling', 'a\0b'])
    assert.equal(holdFolder(`${folder}/${name}`), undefined, name);
  holdFolder(folder)?.release();
  assert.deepEqual(openDescriptors(), before);
});

/** Which descriptors are open, where the system says so. */
function openDescriptors(): readonly string[] {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd') : [];
}
