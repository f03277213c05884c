import { useSyncExternalStore } from 'react';
import { ago, timeLeft } from '../../src/shared/relative-time.ts';
import { serverNow } from './server-time.ts';

/** A moment, as people say it; the exact one is its title. */
export function Ago({ at }: { readonly at: string }) {
  const now = useNow(10_000);
  return (
    <time dateTime={at} title={exact(at)} className="whitespace-nowrap">
      {ago(Date.parse(at), now)}
    </time>
  );
}

/** A moment in full, in the reader's own time zone. */
export function Exactly({ at }: { readonly at: string }) {
  return <time dateTime={at}>{exact(at)}</time>;
}

/** How long there is still to decide, counting down. */
export function TimeLeft({ until }: { readonly until: string }) {
  const now = useNow(1000);
  const leftMs = Date.parse(until) - now;
  const tone = leftMs < 60_000 ? 'text-danger' : 'text-muted';
  return (
    <span role="timer" title={`Until ${exact(until)}`} className={`tabular-nums whitespace-nowrap ${tone}`}>
      {timeLeft(leftMs)}
    </span>
  );
}

function exact(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

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
