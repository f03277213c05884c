import type { Event } from '../../contract/events.ts';

/** A moment, ms, as clients carry it: they know it for a text of ours. */
export function cursorAt(ms: number): string {
  return `e1-${ms.toString(36)}`;
}

/** The moment of a text that `contract/events` `eventCursor` has taken. */
export function momentOf(cursor: string): number {
  return Number.parseInt(cursor.slice('e1-'.length), 36);
}

/** The moment that an event's row was written with, ms. */
export function happenedAt({ payload: { invocation } }: Event): number {
  return Date.parse(invocation.completedAt ?? invocation.createdAt);
}
