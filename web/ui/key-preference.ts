import { useSyncExternalStore } from 'react';

/** Whether single keys decide: kept in this browser. People who speak to their computer may not want them (WCAG 2.1.4). */
const name = 'assent.decision-keys';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function useKeysWork(): boolean {
  return useSyncExternalStore(subscribe, () => localStorage.getItem(name) !== 'off');
}

export function setKeysWork(work: boolean): void {
  if (work) localStorage.removeItem(name);
  else localStorage.setItem(name, 'off');
  for (const listener of listeners) listener();
}
