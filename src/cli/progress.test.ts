import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { withProgress } from './progress.ts';

/** What is written to a standard error at which somebody looks, while work goes on for so many milliseconds. */
async function written(t: TestContext, ms: number): Promise<string> {
  let now = 0;
  let text = '';
  const { isTTY, columns } = process.stderr;
  t.mock.method(performance, 'now', () => now);
  const write = t.mock.method(process.stderr, 'write', (part: unknown) => {
    text += String(part);
    return true;
  });
  Object.assign(process.stderr, { isTTY: true, columns: 80 });
  try {
    await withProgress('copying', async (progress) => {
      progress(0.1);
      now = ms;
      progress(0.456);
    });
  } finally {
    write.mock.restore();
    Object.assign(process.stderr, { isTTY, columns });
  }
  return text;
}

test('work that takes a while says how far it is, in a line that is gone at the end', async (t) => {
  assert.equal(await written(t, 1_001), '\r\x1b[Kcopying: 45%\r\x1b[K');
});

test('and nothing before that', async (t) => {
  assert.equal(await written(t, 900), '\r\x1b[K');
});
