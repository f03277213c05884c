import { useEffect, useRef, useSyncExternalStore } from 'react';

export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Single keys that work anywhere on a screen, but where somebody types, or a dialog is open. Named as `KeyboardEvent.key` has
 * them.
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const action = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : undefined;
      if (action === undefined) return;
      event.preventDefault();
      action(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** Typing is typing, and a dialog has keys of its own. A key that is held down was pressed once. */
function isTaken({ target, repeat, key }: KeyboardEvent): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return true;
  if (repeat && key !== 'j' && key !== 'k') return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !notTyped.has(target.type);
  return target.matches('textarea, select');
}

const notTyped: ReadonlySet<string> = new Set(['checkbox', 'radio', 'range', 'button', 'submit']);

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
