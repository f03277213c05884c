import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { oddTexts } from './support/odd-texts.ts';

const texts = oddTexts.map(({ text }) => text);

/** In a process of its own: the log goes to standard error. */
const program = `
  const { newLog } = await import(${JSON.stringify(new URL('../src/main/build-gateway.ts', import.meta.url).href)});
  const log = newLog({ logLevel: 'info' });
  for (const text of JSON.parse(process.argv[1])) log.info({ name: text, err: new Error(text) }, text);
`;

test('a line of the log holds nothing that hides, turns or is obeyed, and reads back as it was', () => {
  const args = ['--input-type=module', '--eval', program, '--', JSON.stringify(texts)];
  const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const lines = stderr.trimEnd().split('\n');
  assert.equal(lines.length, texts.length);
  for (const [at, { text, json }] of oddTexts.entries()) {
    const line = lines[at] ?? '';
    assert.ok(line.includes(`"name":${json}`) && line.endsWith(`"msg":${json}}`), line);
    assert.equal(JSON.parse(line).err.message, text);
  }
});
