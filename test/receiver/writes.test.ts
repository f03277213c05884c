// What a pack may write, where, and how.
import assert from 'node:assert/strict';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Step } from '../../src/pack/pack.ts';
import { CountedSet } from '../../src/receiver/os/counted-set.ts';
import { InodeSet } from '../../src/receiver/os/inode-set.ts';
import { writeFile } from '../../src/receiver/write-file.ts';
import { exec, put, receiver, type TestReceiver } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';

const policy = 'default cmd=/bin/echo\nops cmd=/bin/echo allow_exec_writes=1\n';

async function refused(r: TestReceiver, step: Step, reason: string): Promise<void> {
  const reply = await r.run([step]);
  assert.equal(
    reply.slice(reply.indexOf('\n') + 1),
    `STEP 0 write ERR ${reason}\n`,
    JSON.stringify(step).slice(0, 200),
  );
}

test('every reason for which a write is refused, word for word', async (t) => {
  const r = await receiver(t, { policy });
  const outside = `${r.root}-evil`;
  for (const folder of [outside, join(r.root, 'sub')]) mkdirSync(folder);
  symlinkSync(outside, join(r.root, 'out'));
  const cases: readonly [string, number, string][] = [
    ['a', 0o644, 'path must be absolute'],
    ['', 0o644, 'path must be absolute'],
    ['$HOMEBREW/a', 0o644, 'path must be absolute'],
    ['/a', 0o644, 'bad path'],
    [`${r.root}/a\nb`, 0o644, 'bad path'],
    [`${r.root}/a\0b`, 0o644, 'bad path'],
    [`${r.root}/\u001b[2J`, 0o644, 'bad path'],
    [`${r.root}/a\u009bb`, 0o644, 'bad path'],
    [`${r.root}/\udcff`, 0o644, 'bad path'],
    [`${r.root}/`, 0o644, 'bad filename'],
    [`${r.root}/.`, 0o644, 'bad filename'],
    [`${r.root}/sub/..`, 0o644, 'bad filename'],
    [`${r.root}/missing/a`, 0o644, 'bad parent dir'],
    [`${r.root}/out/a`, 0o644, 'bad parent dir'],
    [`${r.root}/../a`, 0o644, 'bad parent dir'],
    [`${r.root}/out/../a`, 0o644, 'bad parent dir'],
    [`${outside}/a`, 0o644, 'bad parent dir'],
    [`${r.root}/a`, 0o755, 'executable writes forbidden'],
    [`${r.root}/a`, 0o001, 'executable writes forbidden'],
    [`${r.root}/a`, 0o4010, 'executable writes forbidden'],
    [`${r.root}/sub`, 0o644, 'destination is a directory'],
  ];
  for (const [path, mode, reason] of cases) await refused(r, put(path, 'x', mode), reason);
  assert.deepEqual(readdirSync(r.root).toSorted(), ['out', 'sub']);
  assert.deepEqual(readdirSync(outside), []);
  assert.ok(!existsSync(join(r.home, 'a')));
});

test('a mode is what it says without setuid, setgid and sticky', async (t) => {
  const r = await receiver(t, { policy });
  const cases: readonly [number, number][] = [
    [0, 0o644],
    [0o7000, 0o644],
    [0o600, 0o600],
    [0o666, 0o666],
    [0o6755, 0o755],
    [0o1777, 0o777],
    [0xffff_ffa4, 0o644],
  ];
  for (const [mode, expected] of cases) {
    const path = join(r.root, mode.toString(8));
    assert.match(await r.run([put(path, 'x', mode)], { as: 'ops' }), / write OK bytes=1 /);
    assert.equal(statSync(path).mode & 0o7777, expected, mode.toString(8));
  }
});

test('a file is replaced whole, and a link is replaced and not followed', async (t) => {
  const r = await receiver(t, { policy });
  const outside = join(r.home, 'outside');
  writeFileSync(outside, 'outside');
  const at = (name: string) => join(r.root, name);
  symlinkSync(outside, at('link'));
  symlinkSync('/nowhere/at/all', at('dangling'));
  writeFileSync(at('file'), 'old');
  linkSync(at('file'), at('same'));
  const names = ['link', 'dangling', 'file'];
  assert.match(await r.run(names.map((name) => put(at(name), 'new'))), /STEP 2 write OK bytes=3 path=/);
  for (const name of names) {
    assert.ok(lstatSync(at(name)).isFile(), name);
    assert.equal(readFileSync(at(name), 'utf8'), 'new');
  }
  assert.equal(readFileSync(outside, 'utf8'), 'outside');
  assert.equal(readFileSync(at('same'), 'utf8'), 'old', 'a name of the old file keeps it');
  assert.deepEqual(readdirSync(r.root).toSorted(), ['dangling', 'file', 'link', 'same']);
});

test('eight megabytes arrive whole', async (t) => {
  const r = await receiver(t, { policy, maxRequest: 9_000_000 });
  const text = 'abcdefgh'.repeat(1024 * 1024);
  const path = join(r.root, 'large');
  assert.match(await r.run([put(path, text)]), / write OK bytes=8388608 /);
  assert.equal(readFileSync(path, 'utf8'), text);
});

test('a reader never sees half of a file', async (t) => {
  const r = await receiver(t, { policy });
  const path = join(r.root, 'a');
  const texts = ['a', 'b'].map((letter) => letter.repeat(500_000));
  await r.run([put(path, texts[0] ?? '')]);
  const replies: string[] = [];
  const writing = (async () => {
    for (let times = 0; times < 15; times++) replies.push(await r.run([put(path, texts[times % 2] ?? '')]));
  })();
  while (replies.length < 15) {
    assert.ok(texts.includes(readFileSync(path, 'utf8')));
    await new Promise(setImmediate);
  }
  await writing;
});

test('what the receiver goes by is out of reach, although it lies under the root', async (t) => {
  const home = realpathSync(scratchFolder(t));
  const root = join(home, 'root');
  const state = join(root, 'state');
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, 'conf'), '', { mode: 0o600 });
  symlinkSync(state, join(root, 'link'));
  const r = await receiver(t, { home, policy, seen: join(state, 'seen'), conf: join(state, 'conf') });
  for (const name of ['seen', 'seen_written', 'seen.lock', 'seen.pid', 'conf'])
    for (const folder of [
      state,
      join(root, 'link'),
      join(root, 'state', '.'),
      join(root, 'state', '..', 'state'),
    ])
      await refused(r, put(`${folder}/${name}`, 'x'), 'path outside root');
});

test('nor are the files that it writes beside them', async (t) => {
  const home = scratchFolder(t);
  const r = await receiver(t, { home, policy, seen: join(home, 'root', 'seen') });
  for (const name of ['seen.new', 'seen_written.new'])
    await refused(r, put(join(r.root, name), 'x', 0o666), 'path outside root');
});

test('nor is a link on the way to them', async (t) => {
  const home = scratchFolder(t);
  const root = join(home, 'root');
  mkdirSync(root);
  const first = await receiver(t, { home, policy });
  await first.stop();
  const conf = join(home, 'first-link');
  writeFileSync(join(home, 'real'), '');
  symlinkSync(join(home, 'real'), join(root, 'second-link'));
  symlinkSync(join(root, 'second-link'), conf);
  const r = await receiver(t, { home, policy, conf });
  await refused(r, put(join(root, 'second-link'), 'x'), 'path outside root');
});

test('nor is a name of theirs in other letters, where the disk takes it for the same', async (t) => {
  const home = scratchFolder(t);
  const r = await receiver(t, { home, policy, seen: join(home, 'root', 'seen') });
  // As macOS has it: its own folder for such files lies under the root that the seeds name.
  for (const name of ['SEEN', 'Seen_Written', '\u017feen'])
    await refused(r, put(join(r.root, name), 'x'), 'path outside root');
});

test('a file is known as written before it can be run', async (t) => {
  const root = realpathSync(scratchFolder(t));
  const written = new InodeSet(join(scratchFolder(t), 'written'));
  t.after(() => written.close());
  const modes: number[] = [];
  const watching = Object.assign(Object.create(written) as InodeSet, {
    // It is one, but for what is watched.
    add: (file: { readonly ino: bigint; readonly dev: bigint }) => {
      for (const name of readdirSync(root)) modes.push(statSync(join(root, name)).mode & 0o111);
      return written.add(file);
    },
    forget: () => {},
  });
  const running = new CountedSet<bigint>();
  const allowed = { commands: [], env: new Set<string>(), allowRootScripts: true, allowExecWrites: true };
  const ground = { root, home: root, isOwn: () => false, written: watching, running };
  const step = { op: 'write', path: join(root, 'a'), mode: 0o755, data: Buffer.from('x') } as const;
  await writeFile(step, { ...ground, policy: { ...allowed, maxTtlMs: undefined, sandbox: false } });
  assert.deepEqual(modes, [0]);
});

test('a file on another disk that goes does not take the mark from one with the same number', async (t) => {
  const written = new InodeSet(join(scratchFolder(t), 'written'));
  t.after(() => written.close());
  const here = { ino: 7n, dev: 1n };
  const there = { ino: 7n, dev: 2n };
  await written.add(here);
  written.forget(there);
  assert.ok(written.has(here));
});

test('a refused write ends the pack', async (t) => {
  const r = await receiver(t, { policy });
  const reply = await r.run([
    put(join(r.root, 'a'), 'x', 0o755),
    exec('/bin/echo', 'more'),
    put(join(r.root, 'b'), 'x'),
  ]);
  assert.match(reply, /^OK .*\nSTEP 0 write ERR executable writes forbidden\n$/);
  assert.deepEqual(readdirSync(r.root), []);
});
