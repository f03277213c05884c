import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { recordableAnswer } from './recordable-answer.ts';

const secret = 'abcdefgh-ijklmnop';

test('others run while a large answer is searched, and nothing of a secret is left', async () => {
  const text = `${'The log of the day, line for line. '.repeat(30_000)}${secret}`;
  let others = 0;
  const over = new AbortController();
  const watch = (async () => {
    for (; !over.signal.aborted; others++) await setImmediate();
  })();
  const { result } = await recordableAnswer({ answer: { text }, isError: false }, [secret], 'session 1');
  over.abort();
  await watch;
  assert.ok(others >= 2, `others ran ${others} times`);
  assert.ok(!JSON.stringify(result).includes('ijkl'));
});

test('a small answer is at hand at once, in its row and for who asked', async () => {
  assert.deepEqual(
    await recordableAnswer({ answer: { token: 'x', n: 1 }, isError: false }, [], 'session 1'),
    {
      ending: { status: 'completed', result: '{"token":"[redacted]","n":1}' },
      result: { token: '[redacted]', n: 1 },
      whole: undefined,
    },
  );
});

test('what cannot be redacted is withheld, and is done none the less', async () => {
  const answer = { toJSON: () => assert.fail('not shown') };
  const { ending, result } = await recordableAnswer({ answer, isError: false }, [], 'session 1');
  assert.equal(ending.status, 'completed');
  assert.deepEqual(Object.keys(Object(result)), ['_withheld']);
});
