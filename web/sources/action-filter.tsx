import { type ReactNode, useRef } from 'react';
import { SearchField } from '../ui/search-field.tsx';
import { useKeys } from '../ui/use-keys.ts';
import type { ActionSearch } from './action-search.ts';

interface ActionFilterProps {
  readonly search: ActionSearch;
  readonly change: (search: ActionSearch) => void;
  /** Further choices, at its right. */
  readonly children: ReactNode;
}

/** The text that actions are looked for by; `/` leads here. */
export function ActionFilter({ search, change, children }: ActionFilterProps) {
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const { text = '', ...others } = search;
  return (
    <div role="search" className="mb-6 flex flex-col gap-3 sm:flex-row sm:items-center">
      <SearchField
        label="Filter actions"
        placeholder="Filter actions"
        ref={field}
        value={text}
        onChange={(next) => change(next === '' ? others : { ...others, text: next })}
      />
      {children}
    </div>
  );
}
