import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { scratchFolder } from '../../test/support/scratch.ts';
import { lockForProcess, type ProcessLock } from './process-lock.ts';

/** Holds the lock until its standard input ends; says so once it does. */
const holding = `
  const { lockForProcess } = await import(process.argv[1]);
  const lock = lockForProcess(process.argv[2]);
  process.stdout.write('release' in lock ? 'held' : 'holder ' + lock.holder);
  process.stdin.resume().once('end', () => 'release' in lock && lock.release());`;

function holdingArgs(path: string): string[] {
  const module = pathToFileURL(join(import.meta.dirname, 'process-lock.ts')).href;
  return ['--input-type=module', '--eval', holding, module, path];
}

/** Another process that holds the lock. */
async function holder(t: TestContext, path: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, holdingArgs(path), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  assert.equal(String(said), 'held');
  return child;
}

function held(lock: ReturnType<typeof lockForProcess>): ProcessLock {
  assert.ok('release' in lock, JSON.stringify(lock));
  return lock;
}

test('a lock is held until it is let go of', (t) => {
  const path = join(scratchFolder(t), 'seen');
  const lock = held(lockForProcess(path));
  assert.equal(readFileSync(`${path}.pid`, 'utf8'), `${process.pid}\n`);
  assert.equal(statSync(`${path}.pid`).mode & 0o777, 0o600);
  assert.deepEqual(lockForProcess(path), { holder: String(process.pid) });
  lock.release();
  assert.equal(existsSync(`${path}.pid`), false);
  held(lockForProcess(path)).release();
});

// A process that closes any descriptor of a file lets go of all its locks on that file (POSIX, fcntl).
test('who asks again for what it holds still holds it', (t) => {
  const path = join(scratchFolder(t), 'seen');
  const lock = held(lockForProcess(path));
  t.after(() => lock.release());
  assert.deepEqual(lockForProcess(path), { holder: String(process.pid) });
  const said = execFileSync(process.execPath, holdingArgs(path), { input: '', encoding: 'utf8' });
  assert.equal(said, `holder ${process.pid}`);
});

test('locks of two paths are two locks', (t) => {
  const folder = scratchFolder(t);
  const one = held(lockForProcess(join(folder, 'one')));
  held(lockForProcess(join(folder, 'two'))).release();
  one.release();
});

test('another process is told who holds it', async (t) => {
  const path = join(scratchFolder(t), 'seen');
  const child = await holder(t, path);
  assert.deepEqual(lockForProcess(path), { holder: String(child.pid) });
  assert.equal(readFileSync(`${path}.pid`, 'utf8'), `${child.pid}\n`, 'who asks in vain changes nothing');
});

test('a process that is killed holds nothing any more', async (t) => {
  const path = join(scratchFolder(t), 'seen');
  const child = await holder(t, path);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = held(lockForProcess(path));
  assert.equal(readFileSync(`${path}.pid`, 'utf8'), `${process.pid}\n`);
  lock.release();
});

test('who waits gets it when the other lets go', async (t) => {
  const path = join(scratchFolder(t), 'seen');
  const child = await holder(t, path);
  const exited = once(child, 'exit');
  // Waiting for the lock stops everything else here, so the end must be on its way before.
  await new Promise<void>((resolve) => child.stdin?.end(resolve));
  held(lockForProcess(path, 60_000)).release();
  assert.deepEqual(await exited, [0, null]);
});

test('a holder that has left no number is unknown', (t) => {
  const path = join(scratchFolder(t), 'seen');
  const lock = held(lockForProcess(path));
  t.after(() => lock.release());
  writeFileSync(`${path}.pid`, '');
  assert.deepEqual(lockForProcess(path), { holder: 'unknown' });
});

test('a lock file that is none is not said to be held', (t) => {
  const path = join(scratchFolder(t), 'seen');
  writeFileSync(
    `${path}.lock`,
    'not a database, and long enough for SQLite to see that it is none '.repeat(20),
  );
  assert.throws(() => lockForProcess(path), { message: /not a database/ });
});

test('a lock is its owner’s alone', (t) => {
  const path = join(scratchFolder(t), 'seen');
  held(lockForProcess(path)).release();
  assert.equal(statSync(`${path}.lock`).mode & 0o777, 0o600);
});

test('a place that cannot hold a lock is no lock', (t) => {
  const path = join(scratchFolder(t), 'nowhere', 'seen');
  assert.throws(() => lockForProcess(path), {
    code: 'ENOENT',
    message: `ENOENT: no such file or directory, open '${path}.lock'`,
  });
});
