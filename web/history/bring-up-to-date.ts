import type { Invocation, InvocationsAnswer } from '../../src/contract/invocation.ts';

type Pages = readonly InvocationsAnswer[];

/**
 * Pages that were loaded before, with what the newest page says of the same time: rows that have changed are changed, and
 * those that fit no longer are gone. What is new is not put in: it would move what somebody reads.
 */
export function upToDate(pages: Pages, newest: InvocationsAnswer): InvocationsAnswer[] {
  const now = new Map(newest.invocations.map((one) => [one.id, one]));
  return pages.map((page) => ({
    ...page,
    invocations: page.invocations.flatMap((one) => (isWithin(newest, one) ? (now.get(one.id) ?? []) : one)),
  }));
}

/** How many rows of the newest page are not among those that are loaded, though they belong there. */
export function countNew(pages: Pages, newest: InvocationsAnswer): number {
  const known = new Set(pages.flatMap(({ invocations }) => invocations.map(({ id }) => id)));
  const last = pages.at(-1);
  return newest.invocations.filter((one) => !known.has(one.id) && (last === undefined || isWithin(last, one)))
    .length;
}

/** Ids are in the order of creation, and a page ends at its cursor. */
function isWithin({ nextCursor }: InvocationsAnswer, { id }: Invocation): boolean {
  return nextCursor === null || id >= nextCursor;
}
