import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { cliCommand } from './cli-command.ts';

const plain = { sourceId: 'linear', actionId: 'create_issue' };

test('a plain one reads as people would write it', () => {
  assert.equal(
    cliCommand({ ...plain, params: { title: 'Login fails' } }),
    `assent actions run linear:create_issue --params '{"title":"Login fails"}'`,
  );
  assert.equal(
    cliCommand({ ...plain, params: null }),
    `assent actions run linear:create_issue --params '{}'`,
  );
});

const hostile: readonly string[] = [
  `it's "quoted" 'twice'`,
  '$(touch pwned) `touch pwned` $HOME ${IFS}',
  'line\nend; touch pwned\r\n',
  "\\ \\n \\' ! !! * ? ~ # & | > < ;",
  "'; touch pwned; '",
  '--help',
  '\u001b[201~\ntouch pwned\n',
  '\u0003touch pwned\u0004\t\u0009\u007f\u009b',
  '\u202egnp.exe \u200b\ufeff \u2028 \u{e0041} \ud800',
  '日本語 é 😀',
];

for (const text of hostile) {
  test(`a shell hands on exactly ${JSON.stringify(text)}, and runs nothing of it`, () => {
    const params = { text, [text]: [text, { deep: text }] };
    const command = cliCommand({ ...plain, params });
    assert.ok(command);
    assert.doesNotMatch(command, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    const [actions, run, action, flag, json, ...rest] = wordsOf(command);
    assert.deepEqual(
      [actions, run, action, flag, rest],
      ['actions', 'run', 'linear:create_issue', '--params', []],
    );
    assert.deepEqual(JSON.parse(json ?? ''), params);
  });
}

test('a name that needs quotes is one word', () => {
  const command = cliCommand({ sourceId: "it's $(id)", actionId: 'a b;c', params: {} });
  assert.deepEqual(wordsOf(command ?? ''), ['actions', 'run', "it's $(id):a b;c", '--params', '{}']);
});

test('a name with a dash in front is no flag', () => {
  const command = cliCommand({ sourceId: '--url=http://evil', actionId: 'x', params: {} });
  assert.deepEqual(wordsOf(command ?? ''), ['actions', 'run', '--params', '{}', '--', '--url=http://evil:x']);
});

for (const character of ['\n', '\u0003', '\u001b', '\t', '\u007f', '\u009b', '\u202e', '\u2028', '\ud800']) {
  test(`for a name with ${JSON.stringify(character)} there is no command`, () => {
    assert.equal(cliCommand({ sourceId: 'test', actionId: `a${character}b`, params: {} }), undefined);
    assert.equal(cliCommand({ sourceId: `a${character}b`, actionId: 'test', params: {} }), undefined);
  });
}

/** What `assent` would be given, by the shell itself. */
function wordsOf(command: string): string[] {
  const script = `assent() { printf '%s\\0' "$@"; }\n${command}\n`;
  const output = execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return output.split('\0').slice(0, -1);
}
