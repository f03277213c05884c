import { useState } from 'react';
import type { ActionSearch } from './action-search.ts';
import { draftOf, followed, written } from './search-draft.ts';

/**
 * What is looked for, as the person types it; the address follows. It is kept here as well because a field whose value comes
 * back by way of the router would lose its cursor. Where the address becomes another by itself, it holds.
 */
export function useActionSearch(
  inAddress: ActionSearch,
  toAddress: (search: ActionSearch) => unknown,
): [ActionSearch, (search: ActionSearch) => void] {
  const [kept, keep] = useState(() => draftOf(inAddress));
  const draft = followed(kept, inAddress);
  if (draft !== kept) keep(draft);
  const change = (search: ActionSearch) => {
    keep((before) => written(before, search));
    toAddress(search);
  };
  return [draft.search, change];
}
