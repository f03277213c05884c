import { useState } from 'react';
import type { ActionSearch } from './action-search.ts';

/**
 * What is looked for, as the person types it; the address follows. It is kept here as well because a field whose value comes
 * back by way of the router would lose its cursor.
 */
export function useActionSearch(
  inAddress: ActionSearch,
  toAddress: (search: ActionSearch) => unknown,
): [ActionSearch, (search: ActionSearch) => void] {
  const [search, setSearch] = useState(inAddress);
  const change = (next: ActionSearch) => {
    setSearch(next);
    toAddress(next);
  };
  return [search, change];
}
