import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { completed } from './completed.ts';
import { bash, fish, zsh } from './shells.ts';

const all = await completed();

/** What bash offers behind these words; the last is being typed. */
function offered(...words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  const script = `${bash(all)}\nCOMP_WORDS=(assent ${list}); COMP_CWORD=${words.length}; _assent; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test('bash offers nouns, verbs, flags and choices', () => {
  assert.deepEqual(offered('inb'), ['inbox']);
  assert.deepEqual(offered('inbox', 'a'), ['approve']);
  assert.deepEqual(offered('inbox', 'deny', '--re'), ['--reason']);
  assert.deepEqual(offered('inbox', 'deny', 'some-id', '--re'), ['--reason']);
  assert.deepEqual(offered('completion', ''), ['bash', 'zsh', 'fish', '--json', '--help']);
  assert.deepEqual(offered('modes', 'set', 'linear:create_issue', 'al'), ['allow']);
  assert.deepEqual(offered('up', '--port', '80', '--pu'), ['--public-url']);
});

test('bash offers nothing of ours behind what is no command', () => {
  assert.deepEqual(offered('xyzzy', ''), []);
});

for (const [shell, script] of [
  ['zsh', zsh(all)],
  ['fish', fish(all)],
] as const) {
  const isHere = spawnSync(shell, ['--version']).error === undefined;
  test(`${shell} takes the script`, { skip: isHere ? false : `${shell} is not installed` }, () => {
    const { stderr } = spawnSync(shell, ['-n', '-c', script], { encoding: 'utf8' });
    assert.equal(stderr, '');
  });
  test(`the ${shell} script has every command`, () => {
    for (const { path } of all) assert.ok(script.includes(`'${path}'`), path);
  });
}
