import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsSoonMs, worksUntil } from './token-end.ts';
import { localTime } from './when.ts';

const end = '2026-11-21T10:16:01.000Z';
const at = Date.parse(end);

test('a token says until when it works, and in its last two weeks how long that is', () => {
  assert.equal(worksUntil(null, at), 'works until revoked');
  assert.equal(worksUntil(end, at - endsSoonMs - 1), `works until ${localTime(end)}`);
  assert.equal(worksUntil(end, at - endsSoonMs), `ends in 14 days, at ${localTime(end)}`);
  assert.equal(worksUntil(end, at - 3_600_000), `ends in 1 hour, at ${localTime(end)}`);
  assert.equal(worksUntil(end, at - 1), `ends just now, at ${localTime(end)}`);
  assert.equal(worksUntil(end, at), 'expired');
});
