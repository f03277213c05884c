/** Which rows a search has shown, by their ids. */
export interface FoundRows {
  readonly search: string;
  readonly ids: ReadonlySet<string>;
}

export const noRows: FoundRows = { search: '', ids: new Set() };

/**
 * What a search shows: what fits it, and what has fitted since it was set. A row that a press has made unfit stays: were the
 * next one to move up under the pointer, a second press would hit that.
 */
export function withFound(before: FoundRows, search: string, found: readonly string[]): FoundRows {
  const kept = before.search === search ? before.ids : noRows.ids;
  if (before.search === search && found.every((id) => kept.has(id))) return before;
  return { search, ids: kept.union(new Set(found)) };
}
