import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Invocation, InvocationsAnswer, Status } from '../../src/contract/invocation.ts';
import { countNew, upToDate } from './bring-up-to-date.ts';

/** Rows as `9` or `9:failed`, whose ids are in the order of their names. */
function page(rows: string, nextCursor: string | null): InvocationsAnswer {
  const invocations = rows
    .split(' ')
    .filter(Boolean)
    .map((row) => {
      const [id = '', status = 'completed'] = row.split(':');
      // What is read of a row here is its id and that it is another one.
      return { id, status: status as Status } as Invocation;
    });
  return { invocations, nextCursor, searchedTo: null };
}

function shown(pages: readonly InvocationsAnswer[]): string[] {
  return pages.map(({ invocations }) => invocations.map(({ id, status }) => `${id}:${status}`).join(' '));
}

const loaded = [page('7:pending 6', '6'), page('5:pending 4', '4')];

test('rows that the newest page covers change, those behind it stay', () => {
  assert.deepEqual(shown(upToDate(loaded, page('8 7:denied 6', '6'))), [
    '7:denied 6:completed',
    '5:pending 4:completed',
  ]);
});

test('a row that fits no longer is gone', () => {
  assert.deepEqual(shown(upToDate(loaded, page('8 6', '6'))), ['6:completed', '5:pending 4:completed']);
});

test('a newest page without an end covers everything', () => {
  assert.deepEqual(shown(upToDate(loaded, page('7 4', null))), ['7:completed', '4:completed']);
});

test('cursors stay, so that it goes on where it stopped', () => {
  assert.deepEqual(
    upToDate(loaded, page('', null)).map(({ nextCursor }) => nextCursor),
    ['6', '4'],
  );
});

test('counts what has come, and what fits now that did not', () => {
  assert.equal(countNew(loaded, page('9 8 7 6', '6')), 2);
  assert.equal(countNew([page('7 5', '5')], page('7 6 5', '5')), 1);
  assert.equal(countNew(loaded, page('7 6', '6')), 0);
});

test('what lies further back than was loaded is not new', () => {
  assert.equal(countNew([page('7', '6')], page('7 5', '5')), 0);
  assert.equal(countNew([page('7', null)], page('7 5', '5')), 1);
  assert.equal(countNew([], page('7', null)), 1);
});
