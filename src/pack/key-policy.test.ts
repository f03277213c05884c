import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type KeyPolicy, parsePolicy } from './key-policy.ts';

const path = '/etc/assent/policy';
const nothing: KeyPolicy = {
  commands: [],
  env: new Set(),
  allowRootScripts: false,
  allowExecWrites: false,
  maxTtlMs: undefined,
  sandbox: false,
};

function policyOf(rules: string): KeyPolicy | undefined {
  return parsePolicy(`key ${rules}`, path).get('key');
}

function refuses(text: string, message: string): void {
  assert.throws(() => parsePolicy(text, path), { code: 'bad_policy', message });
}

test('a line per key, and what it says', () => {
  const text = [
    '# who may do what',
    '',
    'default cmd=/usr/bin/git cmd=/bin/bash env=HOME env=LANG allow_root_scripts=1 allow_exec_writes=yes',
    '\tops \t max_ttl_ms=60000  sandbox=required\r',
    'nobody',
  ].join('\n');
  assert.deepEqual(
    parsePolicy(text, path),
    new Map<string, KeyPolicy>([
      [
        'default',
        {
          ...nothing,
          commands: ['/usr/bin/git', '/bin/bash'],
          env: new Set(['HOME', 'LANG']),
          allowRootScripts: true,
          allowExecWrites: true,
        },
      ],
      ['ops', { ...nothing, maxTtlMs: 60_000, sandbox: true }],
      ['nobody', nothing],
    ]),
  );
});

test('a key without words may do nothing', () => assert.deepEqual(policyOf(''), nothing));

test('an empty file has no keys', () => assert.equal(parsePolicy('\n# key cmd=/bin/sh\n', path).size, 0));

describe('a switch', () => {
  for (const word of ['allow_root_scripts', 'allow_exec_writes'] as const) {
    const field = word === 'allow_root_scripts' ? 'allowRootScripts' : 'allowExecWrites';
    test(`${word}= takes 0, 1, true, false, yes, no, on and off`, () => {
      for (const value of ['1', 'true', 'yes', 'on'])
        assert.deepEqual(policyOf(`${word}=${value}`), { ...nothing, [field]: true });
      for (const value of ['0', 'false', 'no', 'off'])
        assert.deepEqual(policyOf(`${word}=${value}`), nothing);
    });
    test(`${word}= takes nothing else`, () => {
      for (const value of ['', '2', 'TRUE', 'Yes', '00', '1,', 'toString', '__proto__'])
        refuses(
          `key ${word}=${value}`,
          `${path} line 1: "${word}=${value}" has a value that ${word}= cannot take`,
        );
      refuses(`key ${word}`, `${path} line 1: "${word}" has a value that ${word}= cannot take`);
    });
  }
});

const badValues: Readonly<Record<string, readonly string[]>> = {
  cmd: ['', 'git', './git', '~/git', '"/bin/sh"', '*'],
  env: ['', '1A', 'A-B', 'A=B', 'A,B', 'É', '*', 'A*'],
  max_ttl_ms: ['', '0', '-1', '+1', '1.5', '1e3', '01', '5m', '1234567890123456', 'never'],
  sandbox: ['', '0', '1', 'yes', 'Required', 'off'],
};

for (const [word, values] of Object.entries(badValues)) {
  test(`${word}= takes only what it can mean`, () => {
    for (const value of values) {
      const text = `first cmd=/bin/ls\n\nkey cmd=/bin/sh ${word}=${value} env=A`;
      refuses(text, `${path} line 3: "${word}=${value}" has a value that ${word}= cannot take`);
    }
    refuses(`key ${word}`, `${path} line 1: "${word}" has a value that ${word}= cannot take`);
  });
}

test('an unknown word stops everything, and is named with its line', () => {
  for (const word of [
    'allow_root_script=0',
    'CMD=/bin/sh',
    'cmds=/bin/sh',
    'allow',
    '=1',
    '#',
    'toString=1',
    '__proto__=1',
    'max-ttl-ms=5',
  ])
    refuses(
      `# one\nkey cmd=/bin/sh ${word}`,
      `${path} line 2: unknown word "${word}". There are cmd=, env=, allow_root_scripts=, allow_exec_writes=, max_ttl_ms=, sandbox=.`,
    );
});

test('a key has one line', () => {
  const text = 'key cmd=/bin/ls\nother\n# key\nkey allow_root_scripts=0';
  refuses(text, `${path} line 4: the key "key" has a line already`);
});

test('a line that begins with a rule is missing its key', () => {
  refuses('cmd=/bin/sh', `${path} line 1: "cmd=/bin/sh" stands where the key id belongs`);
});

test('a name that objects have is a name like others', () => {
  assert.deepEqual(parsePolicy('__proto__ env=__proto__', path).get('__proto__'), {
    ...nothing,
    env: new Set(['__proto__']),
  });
  assert.equal(parsePolicy('key', path).get('constructor'), undefined);
});

test('one line does not reach into another', () => {
  const policies = parsePolicy('a cmd=/bin/sh env=A\nb', path);
  assert.deepEqual(policies.get('b'), nothing);
});
