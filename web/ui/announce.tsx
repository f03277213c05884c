import { useSyncExternalStore } from 'react';

interface Announcement {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

const shownMs = 6000;
let current: readonly Announcement[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

/** Says in a corner of the page, and to screen readers, what has come of something. */
export function announce(text: string, tone: Announcement['tone'] = 'good'): void {
  lastId += 1;
  const id = lastId;
  put([...current, { id, text, tone }]);
  setTimeout(() => put(current.filter((one) => one.id !== id)), shownMs);
}

function put(next: readonly Announcement[]): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where announcements appear; the frame has one. */
export function Announcements() {
  const shown = useSyncExternalStore(subscribe, () => current);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-20 z-60 flex flex-col items-center gap-2 md:bottom-6"
    >
      {shown.map(({ id, text, tone }) => (
        <p
          key={id}
          className={`pointer-events-auto max-w-lg rounded-lg border border-line px-4 py-2.5 text-sm break-words shadow-lg ${tones[tone]}`}
        >
          {text}
        </p>
      ))}
    </div>
  );
}

const tones = { good: 'bg-card', bad: 'bg-danger-soft text-danger' } as const;
