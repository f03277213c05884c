/** Ids that the list of sessions was read again for. */
const askedFor = new Set<string>();

/**
 * Whether it is worth reading the list of sessions again for ids that are not in it: for each id once in the page's life. A
 * session may have been opened since the list was read; one that lies further back than the list goes is in no newer one either.
 */
export function isWorthAsking(missing: Iterable<string>): boolean {
  const before = askedFor.size;
  for (const id of missing) askedFor.add(id);
  return askedFor.size > before;
}
