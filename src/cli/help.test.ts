import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commands } from './commands.ts';
import { findCommand } from './find-command.ts';
import { helpFor } from './help.ts';
import { parseInput } from './parse.ts';
import { shellWords } from './shell.ts';

test('the overview names every command', async () => {
  const text = await helpFor('');
  for (const { path } of commands) assert.match(text, new RegExp(`  assent ${path} +\\S`));
});

test('a noun that is a command too shows both', async () => {
  const text = await helpFor('inbox');
  assert.match(text, /usage: assent inbox \[flags\]/);
  assert.match(text, /assent inbox approve {2,}\S/);
});

for (const { path, load } of commands) {
  test(`the example of ${path} is a command line that it takes`, async () => {
    const { example } = await load();
    const line = /assent [^()<>"|]*(?:"[^"]*"[^()<>"|]*)*/.exec(example)?.[0] ?? '';
    const asked = await findCommand(shellWords(line).slice(1));
    assert.equal(asked.kind === 'command' && asked.entry.path, path);
    if (asked.kind === 'command') await parseInput(await asked.entry.load(), asked.rest);
    assert.ok((await helpFor(path)).includes(example));
  });
}
