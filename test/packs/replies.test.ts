// What the original receiver answered to 34 packs, against what ours answers to the same bytes.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeEnvelope } from '../../src/pack/envelope.ts';
import { PackError } from '../../src/pack/errors.ts';
import type { Pack } from '../../src/pack/pack.ts';
import { decodePayload } from '../../src/pack/payload.ts';
import { receiver, script, vectors } from '../support/receiver.ts';
import { scratchFolder } from '../support/scratch.ts';

interface Recorded {
  readonly name: string;
  readonly profile: 'open' | 'strict';
  readonly replies: readonly { readonly reply: string }[];
  readonly files_changed?: Record<string, string>;
}

const folder = join(vectors, 'action-packs');
const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly Recorded[];

/** Where ours says more than the original did, and the rule that has it so. */
const hardened: Readonly<Record<string, readonly [rule: string, from: RegExp, to: string]>> = {
  'big-output': ['output past max_output says truncated=1', /dur_ms=<ms>/, 'dur_ms=<ms> truncated=1'],
  'strict-env-filter': ['a variable that is dropped is named', /dur_ms=<ms>/, 'dur_ms=<ms> env_dropped=BAR'],
};

/** Moments at which a pack was answered as recorded. */
const moments: Readonly<Record<string, (pack: Pack) => bigint>> = {
  expired: (pack) => pack.expiresMs + 31_000n,
  'created-in-future': (pack) => pack.createdMs - 31_000n,
};

assert.equal(index.length, 34);

for (const recorded of index) {
  test(`${recorded.name} is answered as the original answered it`, async (t) => {
    const home = scratchFolder(t);
    furnish(home);
    process.env.HOME = home;
    const bytes = readFileSync(join(folder, `${recorded.name}.sap`));
    const now = Number(momentOf(recorded.name, bytes));
    const policy = readFileSync(join(vectors, 'keys', 'policy'), 'utf8');
    const { ask, root } = await receiver(t, {
      home,
      now: () => now,
      ...(recorded.profile === 'strict' && { policy }),
    });
    for (const { reply } of recorded.replies) {
      const answer = masked((await ask(bytes)).replaceAll(root, '<root>').replaceAll(home, '<home>'));
      assert.equal(answer, expected(recorded.name, reply));
    }
    for (const [path, change] of Object.entries(recorded.files_changed ?? {}))
      assert.equal(described(join(home, path)), change.replace('absent => ', ''));
  });
}

function furnish(home: string): void {
  for (const name of ['root/tools', 'root/sub', 'outside']) mkdirSync(join(home, name), { recursive: true });
  script(join(home, 'root/tools/ok.sh'), 'echo tool ok "$@"');
  script(join(home, 'root/tools/fail.sh'), 'echo to-err >&2; exit 7');
  script(join(home, 'root/tools/noexec.sh'), 'echo no', 0o644);
  script(join(home, 'outside/evil.sh'), 'echo evil');
  writeFileSync(join(home, 'root/data.txt'), 'x');
  symlinkSync('/etc', join(home, 'root/link'));
}

function momentOf(name: string, bytes: Buffer): bigint {
  try {
    const pack = decodePayload(decodeEnvelope(bytes).payload);
    return moments[name]?.(pack) ?? pack.createdMs + 1000n;
  } catch (error) {
    assert.ok(error instanceof PackError);
    return 0n;
  }
}

/** Without what varies: times, and the counts of output that holds a path of this machine. */
function masked(reply: string): string {
  const timeless = reply
    .replace(/dur_ms=\d+/g, 'dur_ms=<ms>')
    .replace(/pack_id=[0-9a-f]{32}/g, 'pack_id=<id>');
  return /<root>|<home>/.test(timeless) ? timeless.replace(/\(\d+ bytes\)/g, '(<n> bytes)') : timeless;
}

function expected(name: string, reply: string): string {
  const [, from, to] = hardened[name] ?? ['', /$^/, ''];
  return masked(whole(reply).replace(from, to));
}

/** A long reply is recorded by its beginning: what follows is the rest of 262,144 times "x". */
function whole(reply: string): string {
  const [, start] = /^(.*\n)x+…\(262255 bytes, sha256 of normalised [0-9a-f]+\)$/s.exec(reply) ?? [];
  return start === undefined ? reply : `${start}${'x'.repeat(262_144)}\n`;
}

function described(path: string): string {
  const file = statSync(path);
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
  return `${(file.mode & 0o777).toString(8)} ${file.size} ${hash}`;
}
