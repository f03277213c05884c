import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
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
  const { text: _, ...others } = search;
  return (
    <div role="search" className="mb-6 flex flex-col gap-3 sm:flex-row sm:items-center">
      <label className="relative block min-w-0 flex-1">
        <span className="sr-only">Filter actions</span>
        <Search aria-hidden className="absolute top-3 left-3 size-4 text-muted" />
        <input
          ref={field}
          type="search"
          value={search.text ?? ''}
          maxLength={200}
          placeholder="Filter actions"
          onChange={({ target }) => change(target.value === '' ? others : { ...others, text: target.value })}
          onKeyDown={leaveOnEscape}
          className="min-h-10 w-full rounded-lg border border-line-strong bg-card pr-3 pl-9 placeholder:text-muted"
        />
      </label>
      {children}
    </div>
  );
}

/** Escape leaves the field, and what is written in it stays: a browser would clear it. */
function leaveOnEscape(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.currentTarget.blur();
}
