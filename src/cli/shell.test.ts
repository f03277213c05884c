import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { shellQuoted } from '../shared/shell-words.ts';
import { shellWords } from './shell.ts';

const splits: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['npx mcp-server-filesystem /srv', ['npx', 'mcp-server-filesystem', '/srv']],
  ['  a\t b \n c ', ['a', 'b', 'c']],
  [`cmd 'one word' "two words" three\\ words`, ['cmd', 'one word', 'two words', 'three words']],
  [`a"b c"'d e'f`, ['ab cd ef']],
  [`"say \\"hi\\" \\n" '\\n'`, ['say "hi" \\n', '\\n']],
  [`'' ""`, ['', '']],
  ['a|b $HOME *', ['a|b', '$HOME', '*']],
  ['', []],
  ['  ', []],
];

for (const [line, words] of splits) {
  test(`splits ${JSON.stringify(line)}`, () => assert.deepEqual(shellWords(line), words));
}

test('a quote that nothing closes is refused', () => {
  assert.throws(() => shellWords(`a 'b`), { code: 'usage', message: `The quote ' is not closed in: a 'b` });
  assert.throws(() => shellWords('a "b\\"'), {
    code: 'usage',
    message: 'The quote " is not closed in: a "b\\"',
  });
  assert.throws(() => shellWords('a\\'), {
    code: 'usage',
    message: 'The backslash at the end has nothing behind it in: a\\',
  });
});

test('a shell reads a quoted text back as it was', () => {
  for (const text of ['', 'plain', `it's "x"`, '$(rm -rf /) `id` \\ \n *', "'''"]) {
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellQuoted(text)}`], { encoding: 'utf8' }), text);
    assert.deepEqual(shellWords(shellQuoted(text)), [text]);
  }
});
