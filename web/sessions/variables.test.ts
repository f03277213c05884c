import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { envFileLines, exportLines } from './variables.ts';

test('a shell reads back what the lines say, and runs nothing of it', () => {
  const hostile = `it's $(touch owned) \`x\` "y" \\ \n end`;
  const script = `${exportLines({ ASSENT_TOKEN: hostile, ASSENT_SESSION_ID: 'b' })}\nprintf %s "$ASSENT_TOKEN|$ASSENT_SESSION_ID"`;
  assert.equal(execFileSync('sh', ['-c', script], { encoding: 'utf8' }), `${hostile}|b`);
});

test('a line of an env file is a name and a value, and never two lines', () => {
  assert.equal(
    envFileLines({ ASSENT_GATEWAY_URL: 'http://127.0.0.1:7700', ASSENT_TOKEN: 'a\r\nPATH=/tmp' }),
    'ASSENT_GATEWAY_URL=http://127.0.0.1:7700\nASSENT_TOKEN=aPATH=/tmp',
  );
});
