import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCommand } from './find-command.ts';

async function found(...argv: string[]): Promise<unknown> {
  const asked = await findCommand(argv);
  return asked.kind === 'command' ? [asked.entry.path, ...asked.rest] : asked;
}

test('the longest command wins, and the rest is left to it', async () => {
  assert.deepEqual(await found('inbox'), ['inbox']);
  assert.deepEqual(await found('inbox', 'show', 'x', '--json'), ['inbox show', 'x', '--json']);
  assert.deepEqual(await found('login', 'https://x'), ['login', 'https://x']);
});

test('--json may stand first', async () => {
  assert.deepEqual(await found('--json', 'sessions', 'list'), ['sessions list', '--json']);
});

test('help for everything, a noun and a command, however it is asked for', async () => {
  for (const argv of [[], ['--help'], ['-h'], ['help'], ['--json', '--help']]) {
    assert.deepEqual(await found(...argv), { kind: 'help', path: '' });
  }
  assert.deepEqual(await found('sessions', '--help'), { kind: 'help', path: 'sessions' });
  assert.deepEqual(await found('help', 'inbox', 'deny'), { kind: 'help', path: 'inbox deny' });
  assert.deepEqual(await found('inbox', 'deny', 'x', '-h'), { kind: 'help', path: 'inbox deny' });
  assert.deepEqual(await found('bootstrap', '--', '--help'), ['bootstrap', '--', '--help']);
});

const unknown: readonly (readonly [argv: readonly string[], message: string])[] = [
  [['inbx'], 'There is no command "inbx". Did you mean `assent inbox`?'],
  [['sesions', 'list'], 'There is no command "sesions". Did you mean `assent sessions list`?'],
  [['sessions', 'crate'], 'There is no command "sessions crate". Did you mean `assent sessions create`?'],
  [['approve', 'x'], 'There is no command "approve". Did you mean `assent inbox approve`?'],
  [['xyzzy'], 'There is no command "xyzzy". `assent --help` lists what there is.'],
  [
    ['inbox', 'list'],
    'There is no command "inbox list". `assent inbox` alone shows the pending approvals, with what exactly would run.',
  ],
  [
    ['secrets'],
    'What about secrets? Choose `assent secrets set`, `assent secrets list`, `assent secrets remove`.',
  ],
  [['--host', 'x', 'up'], '--host stands where a command should. Flags come behind the command.'],
  [
    ['secrets', 'xyzzy', '--help'],
    'There is no command "secrets xyzzy". `assent secrets --help` lists what there is.',
  ],
];

for (const [argv, message] of unknown) {
  test(`refuses ${argv.join(' ')}`, () => assert.rejects(found(...argv), { code: 'usage', message }));
}
