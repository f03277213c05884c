import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { test } from 'node:test';
import { capture } from './capture.ts';

async function captured(
  parts: readonly string[],
  limit: number,
): Promise<[text: string, truncated: boolean]> {
  const stream = Readable.from(parts.map((part) => Buffer.from(part)));
  const kept = capture(stream, limit);
  await finished(stream);
  return [kept.bytes().toString(), kept.truncated];
}

test('what fits is kept whole', async () => {
  assert.deepEqual(await captured([], 4), ['', false]);
  assert.deepEqual(await captured(['ab', 'c'], 4), ['abc', false]);
  assert.deepEqual(await captured(['ab', 'cd'], 4), ['abcd', false]);
});

test('of more than fits the beginning is kept', async () => {
  assert.deepEqual(await captured(['abcde'], 4), ['abcd', true]);
  assert.deepEqual(await captured(['abc', 'de', 'f'], 4), ['abcd', true]);
  assert.deepEqual(await captured(['abcd', 'e'], 4), ['abcd', true]);
  assert.deepEqual(await captured(['a'], 0), ['', true]);
});

test('a writer never waits for room', async () => {
  const stream = new PassThrough();
  const kept = capture(stream, 10);
  const part = Buffer.alloc(64 * 1024, 'x');
  for (let at = 0; at < 64; at++) stream.write(part);
  stream.end();
  await finished(stream);
  assert.equal(kept.bytes().length, 10);
  assert.equal(kept.truncated, true);
});

test('what was said before a stream failed is kept', async () => {
  const stream = new PassThrough();
  const kept = capture(stream, 10);
  stream.once('data', () => stream.destroy(new TypeError('the other side is gone')));
  stream.write('ab');
  await assert.rejects(finished(stream), { message: 'the other side is gone' });
  assert.equal(kept.bytes().toString(), 'ab');
  assert.equal(kept.truncated, false);
});
