import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notOffered, sortEntries } from './entries.ts';

const sources = ['slack', 'connector:1', 'receiver:a', 'receiver:a:b'].map((id) => ({
  id,
  kind: 'test',
  displayName: id,
  reviewable: true,
  setUpBy: null,
}));

test('an entry is a whole source, or an action of one', () => {
  const { of, left } = sortEntries(['slack', 'connector:1:write', 'slack:post_message'], sources);
  assert.deepEqual(of.get('slack'), { isOff: true, actions: ['slack:post_message'] });
  assert.deepEqual(of.get('connector:1'), { isOff: false, actions: ['connector:1:write'] });
  assert.deepEqual(left, []);
});

test('where one id begins with another, the longer one has it', () => {
  const { of } = sortEntries(['receiver:a:b', 'receiver:a:b:run', 'receiver:a:c'], sources);
  assert.deepEqual(of.get('receiver:a:b'), { isOff: true, actions: ['receiver:a:b:run'] });
  assert.deepEqual(of.get('receiver:a'), { isOff: false, actions: ['receiver:a:c'] });
});

test('what no source has stays to be seen, also where it only looks alike', () => {
  const { left } = sortEntries(['linear', 'slackbot', 'connector:12:x'], sources);
  assert.deepEqual(left, ['linear', 'slackbot', 'connector:12:x']);
});

test('an entry for an action that is gone is found, when the source has told what it offers', () => {
  const entries = ['slack:post_message', 'slack:shout'];
  assert.deepEqual(notOffered('slack', entries, ['post_message', 'read_thread']), ['slack:shout']);
});
