import { useSyncExternalStore } from 'react';
import { serverNow } from './server-time.ts';

/** One clock for every countdown on the page: they all step at the same moment, and nothing ticks that nobody shows. */
const listeners = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = serverNow();
  for (const listener of listeners) listener();
}

/** The time now, in whole steps of `stepMs`: what shows minutes need not be drawn every second. */
export function useNow(stepMs: number): number {
  return useSyncExternalStore(subscribe, () => {
    if (timer === undefined) now = serverNow();
    return Math.floor(now / stepMs) * stepMs;
  });
}
