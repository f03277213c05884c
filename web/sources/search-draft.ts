import type { ActionSearch } from './action-search.ts';

/** A search that somebody writes, and that the address follows a moment later. */
export interface SearchDraft {
  readonly search: ActionSearch;
  /** The address as it was seen last. */
  readonly seen: string;
  /** What was written to the address, and has not been seen there yet. */
  readonly underWay: readonly string[];
}

export function draftOf(inAddress: ActionSearch): SearchDraft {
  return { search: inAddress, seen: keyOf(inAddress), underWay: [] };
}

/** Somebody writes: the address is to become this. */
export function written(draft: SearchDraft, search: ActionSearch): SearchDraft {
  return { ...draft, search, underWay: [...draft.underWay, keyOf(search)] };
}

/**
 * The address is read: what was written here arrives late, and changes nothing; what was not came by a link or a step back, and
 * holds.
 */
export function followed(draft: SearchDraft, inAddress: ActionSearch): SearchDraft {
  const key = keyOf(inAddress);
  if (key === draft.seen) return draft;
  const at = draft.underWay.indexOf(key);
  if (at < 0) return draftOf(inAddress);
  return { ...draft, seen: key, underWay: draft.underWay.slice(at + 1) };
}

function keyOf({ text, show }: ActionSearch): string {
  return JSON.stringify([text, show]);
}
