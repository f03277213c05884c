import type { Event } from '../contract/events.ts';

export type Listener = (event: Event) => void;

/** Hands events to whoever listens in this process. Best effort: nobody's failure reaches the one who announces. */
export interface Bus {
  announce(event: Event): void;
  /** Gives back what ends the subscription. */
  subscribe(listener: Listener): () => void;
}

export function newBus(onListenerError: (error: unknown) => void): Bus {
  const listeners = new Set<Listener>();
  return {
    announce(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
