import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
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
  process.stdin.resume().once('end', () => lock.release());`;

/** Another process that holds the lock. */
async function holder(t: TestContext, path: string): Promise<ChildProcess> {
  const module = pathToFileURL(join(import.meta.dirname, 'process-lock.ts')).href;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', holding, module, path], {
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
  child.stdin?.end();
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

test('a place that cannot hold a lock is no lock', (t) => {
  assert.throws(() => lockForProcess(join(scratchFolder(t), 'nowhere', 'seen')), {
    code: 'ERR_SQLITE_ERROR',
    message: 'unable to open database file',
  });
});
