import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { maxWriteBytes, type Program } from './pack.ts';
import { compileScript, type ReadSource } from './script.ts';

const files: Readonly<Record<string, Uint8Array>> = {
  note: Buffer.from('note'),
  'two words': Buffer.from('2'),
  half: Buffer.alloc(maxWriteBytes / 2),
  byte: Buffer.alloc(1),
};
const readSource: ReadSource = (path) => (Object.hasOwn(files, path) ? files[path] : undefined);

function compiled(script: string | Uint8Array): Program {
  return compileScript(script, { readSource });
}

function refuses(script: string | Uint8Array, message: string, firstLine?: number): void {
  const options = firstLine === undefined ? { readSource } : { readSource, firstLine };
  assert.throws(() => compileScript(script, options), { code: 'bad_script', message });
}

test('a script is its steps, with what was said before each', () => {
  const script = [
    '# restores a session',
    'exec pwd',
    '',
    'cd /work',
    'timeout 5000',
    'env A=1',
    '  exec git  commit -m "a b"',
    '\t# indented',
    'put /etc/note @note',
    'timeout 0',
    'env A=2',
    'env EMPTY=',
    'env PAIR=a=b',
    "cd ''",
    'exec ls',
  ].join('\n');
  assert.deepEqual(compiled(script), {
    env: new Map([
      ['A', '2'],
      ['EMPTY', ''],
      ['PAIR', 'a=b'],
    ]),
    steps: [
      { op: 'exec', timeoutMs: 0, cwd: '', argv: ['pwd'] },
      { op: 'exec', timeoutMs: 5000, cwd: '/work', argv: ['git', 'commit', '-m', 'a b'] },
      { op: 'write', mode: 0o644, path: '/etc/note', data: files.note },
      { op: 'exec', timeoutMs: 0, cwd: '', argv: ['ls'] },
    ],
  });
});

describe('what is no instruction', () => {
  test('carriage returns at the end of a line', () => {
    assert.deepEqual(compiled('# a\r\n\r\nexec pwd\r\n'), compiled('exec pwd'));
  });

  test('a comment ends with its line, and begins with it', () => {
    assert.deepEqual(compiled('exec echo # a').steps, [
      { op: 'exec', timeoutMs: 0, cwd: '', argv: ['echo', '#', 'a'] },
    ]);
    refuses('# a \\\nrm', 'line 2: unknown instruction: rm');
  });

  test('nothing is evaluated', () => {
    assert.deepEqual(compiled('exec echo $A $(id) `id` ~ * ; rm').steps, [
      { op: 'exec', timeoutMs: 0, cwd: '', argv: ['echo', '$A', '$(id)', '`id`', '~', '*', ';', 'rm'] },
    ]);
  });
});

test('an empty argument is one', () => {
  assert.deepEqual(compiled(`exec echo '' ""`).steps, [
    { op: 'exec', timeoutMs: 0, cwd: '', argv: ['echo', '', ''] },
  ]);
});

test('a source may have blanks in its name', () => {
  assert.deepEqual(compiled(`put /a "@two words"`).steps, [
    { op: 'write', mode: 0o644, path: '/a', data: files['two words'] },
  ]);
});

test('bytes that are not UTF-8 stay what they are', () => {
  const script = Buffer.from('exec a\xffb', 'latin1');
  assert.deepEqual(compiled(script).steps, [{ op: 'exec', timeoutMs: 0, cwd: '', argv: ['a\udcffb'] }]);
});

test('a time limit has 32 bits', () => {
  assert.equal(limitOf('4294967295'), 0xffff_ffff);
  assert.equal(limitOf('0007'), 7);
});

function limitOf(text: string): number | undefined {
  const [step] = compiled(`timeout ${text}\nexec a`).steps;
  return step?.op === 'exec' ? step.timeoutMs : undefined;
}

const faults: readonly [line: string, message: string][] = [
  ['run pwd', 'unknown instruction: run'],
  ['EXEC pwd', 'unknown instruction: EXEC'],
  ['constructor a', 'unknown instruction: constructor'],
  ['__proto__', 'unknown instruction: __proto__'],
  ["''", 'unknown instruction: '],
  ['\ufeffexec pwd', 'unknown instruction: \ufeffexec'],
  ['cd', 'cd requires exactly 1 arg'],
  ['cd a b', 'cd requires exactly 1 arg'],
  ['timeout', 'timeout requires exactly 1 arg'],
  ['timeout 1 2', 'timeout requires exactly 1 arg'],
  ...['-1', '+1', '1.5', '1e3', '0x10', '4294967296', '99999999999999999999999', '1s', "''", '١'].map(
    (value): [string, string] => [`timeout ${value}`, 'invalid timeout value'],
  ),
  ['env', 'env requires exactly 1 arg (KEY=VALUE)'],
  ['env A=1 B=2', 'env requires exactly 1 arg (KEY=VALUE)'],
  ['env A', 'env requires KEY=VALUE'],
  ['env =1', 'env requires KEY=VALUE'],
  ["env ''", 'env requires KEY=VALUE'],
  ['put', 'put requires: put <dest_abs_path> @<src_path>'],
  ['put /a', 'put requires: put <dest_abs_path> @<src_path>'],
  ['put /a @note b', 'put requires: put <dest_abs_path> @<src_path>'],
  ['put a @note', 'put destination must be an absolute path'],
  ['put ~/a @note', 'put destination must be an absolute path'],
  ["put '' @note", 'put destination must be an absolute path'],
  ['put a note', 'put destination must be an absolute path'],
  ['put /a note', 'put source must be @<path>'],
  ['put /a @', 'put source must be @<path>'],
  ["put /a ''", 'put source must be @<path>'],
  ['put /a @missing', 'put unable to open source: missing'],
  ['put /a @@note', 'put unable to open source: @note'],
  ['exec', 'exec requires at least 1 arg'],
  ["exec 'a", 'unterminated quote'],
  ['exec "a', 'unterminated quote'],
  [`run "a`, 'unterminated quote'],
];

for (const [line, message] of faults) {
  test(`${JSON.stringify(line)}: ${message}`, () => {
    refuses(`exec pwd\n\n${line}\nrm`, `line 3: ${message}`);
    refuses(line, `line 41: ${message}`, 41);
  });
}

test('the bytes of all writes count together', () => {
  assert.equal(compiled('put /a @half\nput /b @half').steps.length, 2);
  refuses('put /a @half\nput /b @half\nput /c @byte', 'line 3: total embedded write bytes too large');
});

test('a script without steps is refused', () => {
  for (const script of ['', '\n\n', '# exec pwd', 'cd /work\nenv A=1\ntimeout 5'])
    refuses(script, 'script has no steps');
  refuses('cd /work', 'script has no steps', 12);
});

test('an endless line of blanks is read once', () => {
  assert.equal(compiled(`exec a${' '.repeat(1_000_000)}b`).steps.length, 1);
});
