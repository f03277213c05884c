import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { shellQuoted, shellWord } from './shell-words.ts';

const texts = [
  '',
  'plain:word/1.0-x@host_',
  '-y',
  '~',
  'a=b',
  'two words\nand lines\r\n',
  `it's "quoted" 'twice' \\ \\'`,
  "'''",
  '$(rm -rf /) `id` \\ \n *',
  '$(touch pwned) `touch pwned` $HOME ${IFS} !! * ? # & | > < ;',
];

test('a shell reads back every text as one word, as it was', () => {
  for (const write of [shellQuoted, shellWord]) {
    const script = `printf '%s\\0' ${texts.map(write).join(' ')}`;
    const words = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0');
    assert.deepEqual(words, [...texts, '']);
  }
});

test('what needs no quotes has none', () => {
  assert.equal(shellWord('linear:create_issue'), 'linear:create_issue');
  assert.equal(shellQuoted('linear:create_issue'), "'linear:create_issue'");
});
