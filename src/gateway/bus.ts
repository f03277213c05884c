import type { Event, EventSubject } from '../contract/events.ts';
import { subjectOf } from './event-of.ts';

export type Listener = (event: Event) => void;

export interface Subscriber {
  /** Asked before anything is read or handed over. */
  wants(subject: EventSubject): boolean;
  hear: Listener;
  /** What other gateways did may not all have come through: look at the database. */
  missed(): void;
}

/**
 * Hands events to subscribers in a later turn of the event loop: neither a subscriber's failure nor their number reaches the one who
 * announces. Best effort. Where several gateways share a database, what the others did comes in through `hear`
 * (`events/relay`), and subscribers cannot tell.
 */
export interface Bus {
  /** Something that this gateway did. */
  announce(event: Event): void;
  /** Something that another gateway did. */
  hear(event: Event): void;
  /** Something that another gateway did may be lost. */
  missed(): void;
  isWanted(subject: EventSubject): boolean;
  /** Gives back what ends the subscription. */
  subscribe(subscriber: Subscriber): () => void;
  /** Only what this gateway itself announces. */
  subscribeOwn(listener: Listener): () => void;
}

export function newBus(onListenerError: (error: unknown) => void): Bus {
  const subscribers = new Set<Subscriber>();
  const own = new Set<Listener>();
  const later = inOrder((work) => guarded(work, onListenerError));
  const hand = (event: Event) => {
    const subject = subjectOf(event);
    for (const one of subscribers) guarded(() => one.wants(subject) && one.hear(event), onListenerError);
  };
  return {
    announce: (event) =>
      later(() => {
        for (const listener of own) guarded(() => listener(event), onListenerError);
        hand(event);
      }),
    hear: (event) => later(() => hand(event)),
    missed: () =>
      later(() => {
        for (const one of subscribers) guarded(() => one.missed(), onListenerError);
      }),
    isWanted: (subject) => subscribers.values().some((one) => one.wants(subject)),
    subscribe: (subscriber) => added(subscribers, { ...subscriber }),
    // A function of its own for each, so that one listener may come twice.
    subscribeOwn: (listener) => added(own, (event: Event) => listener(event)),
  };
}

/** Does what it is given in a later turn of the event loop, in the order it came. */
function inOrder(run: (work: () => void) => void): (work: () => void) => void {
  let waiting: (() => void)[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    for (const work of batch) run(work);
  };
  return (work) => {
    if (waiting.push(work) === 1) setImmediate(flush);
  };
}

function guarded(work: () => unknown, onError: (error: unknown) => void): void {
  try {
    work();
  } catch (error) {
    onError(error);
  }
}

function added<Value>(all: Set<Value>, one: Value): () => void {
  all.add(one);
  return () => all.delete(one);
}
