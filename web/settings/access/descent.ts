import type { Grant } from '../../../src/contract/ways-in.ts';

type Linked = Pick<Grant, 'id' | 'cameFrom'>;

/**
 * What ends where these end: with them all that came from them, through however many others, but for what is kept and what came from
 * that. In the order of the list.
 */
export function endingWith<One extends Linked>(
  grants: readonly One[],
  ids: readonly string[],
  keep: ReadonlySet<string>,
): One[] {
  const children = Map.groupBy(grants, ({ cameFrom }) => cameFrom);
  const ending = new Set(ids);
  // A set gives what is added to it while it is walked through, too.
  for (const id of ending)
    for (const child of children.get(id) ?? []) if (!keep.has(child.id)) ending.add(child.id);
  return grants.filter(({ id }) => ending.has(id));
}

/** What came from any of these; not these themselves. */
export function descendantsOf<One extends Linked>(grants: readonly One[], ids: readonly string[]): One[] {
  return endingWith(grants, ids, new Set()).filter(({ id }) => !ids.includes(id));
}
