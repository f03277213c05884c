import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, followed, written } from './search-draft.ts';

test('an address that another hand has changed is followed', () => {
  const typed = followed(written(draftOf({}), { text: 'a' }), { text: 'a' });
  assert.deepEqual(followed(typed, {}).search, {});
  assert.deepEqual(followed(typed, { text: 'b', show: 'set' }).search, { text: 'b', show: 'set' });
});

test('one that only comes late takes nothing back that was typed since', () => {
  let draft = draftOf({ show: 'set' });
  for (const text of ['a', 'ab', 'abc']) draft = written(draft, { show: 'set', text });
  for (const seen of [{ show: 'set' }, { text: 'a', show: 'set' }, { text: 'abc', show: 'set' }] as const) {
    draft = followed(draft, seen);
    assert.deepEqual(draft.search, { show: 'set', text: 'abc' });
  }
  assert.deepEqual(draft.underWay, []);
  assert.deepEqual(followed(draft, { text: 'a', show: 'set' }).search, { text: 'a', show: 'set' });
});

test('an address that stays as it is changes nothing', () => {
  const draft = written(draftOf({}), { text: 'a' });
  assert.equal(followed(draft, {}), draft);
});
