import { useSyncExternalStore } from 'react';

/** Where a list and what is chosen from it stand side by side: Tailwind's `lg`. */
const wide = window.matchMedia('(min-width: 64rem)');

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches);
}
