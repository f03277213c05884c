// A file system of the gateway's own that is really full, where one can be had: as root, in a mount namespace that ends with the process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { up } from './support/cli.ts';
import { poll } from './support/poll.ts';
import { scratchFolder } from './support/scratch.ts';

const mount = 'mount -t tmpfs -o size=16m assent "$0" && exec "$@"';
const works = spawnSync('unshare', ['--mount', 'sh', '-c', mount, '/mnt', 'true']).status === 0;
const skip = !works && 'a file system of one process takes root, and unshare';

/** A gateway whose data folder has 16 MiB, all of them its own. */
async function set(t: TestContext) {
  const folder = scratchFolder(t);
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const env = { ASSENT_HOME: join(folder, 'home'), ASSENT_LOG_LEVEL: 'silent' };
  const under = ['unshare', '--mount', 'sh', '-c', mount, disk];
  const { child, address } = await up(
    t,
    ['--port', '0', '--data-dir', join(disk, 'data')],
    env,
    undefined,
    under,
  );
  const { token } = JSON.parse(readFileSync(join(env.ASSENT_HOME, 'credentials.json'), 'utf8'));
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(address + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  // What the process sees under this path; from outside, the folder is empty.
  const filler = `/proc/${child.pid}/root${disk}/filler`;
  const fill = () => {
    for (const bytes of [65_536, 1]) {
      try {
        for (;;) appendFileSync(filler, Buffer.alloc(bytes));
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
      }
    }
  };
  return { call, fill, room: () => rmSync(filler) };
}

test('a full disk: refused in words, nothing acknowledged is lost, and it recovers by itself', {
  skip,
}, async (t) => {
  const { call, fill, room } = await set(t);
  const open = (name: string) => call('POST', '/v1/sessions', { name });
  const acknowledged: string[] = [];
  const openUntilRefused = async () => {
    for (;;) {
      const name = `session ${acknowledged.length}`;
      const answer = await open(name);
      if (answer.status !== 201) return answer;
      acknowledged.push(name);
    }
  };
  await open('before');
  fill();
  const refused = await openUntilRefused();
  assert.equal(refused.status, 503, JSON.stringify(refused.body));
  assert.match(refused.body.error.message, /^The disk that the database is on is full\./);
  await poll('that it is not ready', async () => (await call('GET', '/readyz')).status === 503);
  assert.equal((await call('GET', '/v1/me')).status, 200, 'reads go on');

  room();
  await poll('that it is ready', async () => (await call('GET', '/readyz')).status === 200);
  assert.equal((await open('after')).status, 201);
  const { sessions } = (await call('GET', '/v1/sessions')).body;
  const names = new Set(sessions.map(({ name }: { name: string }) => name));
  assert.deepEqual(
    ['before', ...acknowledged, 'after'].filter((name) => !names.has(name)),
    [],
  );
});
