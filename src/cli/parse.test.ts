import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command } from './command.ts';
import { parseInput } from './parse.ts';

const subject = command({
  example: 'assent x',
  args: { id: { about: 'its id' }, mode: { about: 'the mode', optional: true, choices: ['allow', 'deny'] } },
  flags: {
    reason: { type: 'text', about: 'why' },
    risk: { type: 'text', about: 'how', choices: ['read', 'write'] },
    yes: { type: 'switch', about: 'do not ask' },
    env: { type: 'list', about: 'what' },
  },
  run: async () => undefined,
});

test('words and flags, in any order', async () => {
  const { args, flags, json } = await parseInput(subject, [
    '--reason',
    'why not',
    '1',
    '--yes',
    'deny',
    '--json',
    '--risk=read',
  ]);
  assert.deepEqual(args, { id: '1', mode: 'deny' });
  assert.deepEqual([flags.reason, flags.risk, flags.yes, json], ['why not', 'read', true, true]);
});

test('a list has what was given, in order, and is empty without', async () => {
  assert.deepEqual((await parseInput(subject, ['1', '--env', 'A=1', '--env=B=2'])).flags.env, ['A=1', 'B=2']);
  assert.deepEqual((await parseInput(subject, ['1'])).flags.env, []);
});

test('what is not given is undefined, or false', async () => {
  const { args, flags, json } = await parseInput(subject, ['1']);
  assert.deepEqual([args.mode, flags.reason, flags.yes, json], [undefined, undefined, false, false]);
});

test('behind -- everything is a word, and - alone is a value', async () => {
  assert.deepEqual((await parseInput(subject, ['--reason', '-', '--', '--yes'])).args, {
    id: '--yes',
    mode: undefined,
  });
});

const refused: readonly (readonly [args: readonly string[], message: string])[] = [
  [[], '<id> is missing: its id.'],
  [[''], '<id> is missing: its id.'],
  [['1', 'deny', '2'], '"2" is one word too many. If it belongs to the word before, put quotes around both.'],
  [['1', 'dny'], '"dny" is nothing that <mode> can be. Choose one of allow, deny.'],
  [['1', '--resaon', 'x'], 'There is no flag --resaon here. Did you mean --reason?'],
  [['1', '--constructor'], 'There is no flag --constructor here.'],
  [['1', '-r'], 'There is no flag -r here. Did you mean --risk or --reason?'],
  [['1', '--yes=no'], '--yes takes no value.'],
  [['1', '--reason'], '--reason needs a value.'],
  [['1', '--env', 'A', '--env'], '--env needs a value.'],
  [['1', '--reason='], '--reason needs a value.'],
  [
    ['1', '--reason', '--yes'],
    '--reason needs a value, and --yes looks like a flag. If it is the value, write --reason=--yes.',
  ],
  [['1', '--risk', 'huge'], '"huge" is nothing that --risk can be. Choose one of read, write.'],
];

for (const [args, message] of refused) {
  test(`refuses ${JSON.stringify(args)}`, () =>
    assert.rejects(parseInput(subject, args), { code: 'usage', message }));
}
