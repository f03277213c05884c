import type { Event, EventMessage } from '../../contract/events.ts';
import type { Gateway } from '../gateway.ts';
import { cursorAt, happenedAt, momentOf } from './cursor.ts';
import { missedSince } from './missed.ts';
import { type EventScope, subscribe } from './subscribe.ts';

export interface Reader {
  /** Takes one message, as JSON; resolves when there is room for the next. Only what was missed waits for that. */
  take(message: string): Promise<void>;
  /** The feed cannot go on without a gap, and has ended. */
  lost(why: 'interrupted' | 'tooFarBehind'): void;
}

/**
 * Every event of a scope, at least once and without a gap: listens first, tells from the database what happened after the
 * cursor, says `subscribed`, then hands over what came meanwhile, and from then on each as it comes. Resolves once that is
 * reached. Ends with the signal.
 */
export async function feed(
  gateway: Gateway,
  scope: EventScope,
  after: string | undefined,
  reader: Reader,
  signal: AbortSignal,
): Promise<void> {
  const began = gateway.clock();
  let held: Event[] | undefined = [];
  const lose = (why: Parameters<Reader['lost']>[0]) => {
    unsubscribe();
    if (!signal.aborted) reader.lost(why);
  };
  const hear = (event: Event) => {
    if (held === undefined) void reader.take(messageOf(event));
    else if (held.push(event) > gateway.limits.replayEvents) lose('tooFarBehind');
  };
  const unsubscribe = subscribe(gateway, scope, hear, () => lose('interrupted'));
  signal.addEventListener('abort', unsubscribe, { once: true });

  const missed = after === undefined ? [] : await missedSince(gateway, scope, momentOf(after));
  if (missed === undefined) return lose('tooFarBehind');
  for (const event of missed) {
    if (signal.aborted) return;
    await reader.take(messageOf(event));
  }
  void reader.take(
    JSON.stringify({ type: 'subscribed', payload: {}, cursor: cursorAt(began) } satisfies EventMessage),
  );
  const toldOf = new Map(missed.map((event) => [event.payload.invocation.id, event.type]));
  for (const event of held) if (isNews(event, toldOf)) void reader.take(messageOf(event));
  held = undefined;
}

/** Not what the database has told of already, nor what it has told the end of. */
function isNews({ type, payload }: Event, toldOf: ReadonlyMap<string, Event['type']>): boolean {
  const told = toldOf.get(payload.invocation.id);
  return told === undefined || (told === 'action_approval_request' && type !== told);
}

/** Written once, however many hear it. */
const written = new WeakMap<Event, string>();

function messageOf(event: Event): string {
  let text = written.get(event);
  if (text === undefined) {
    text = JSON.stringify({ ...event, cursor: cursorAt(happenedAt(event)) } satisfies EventMessage);
    written.set(event, text);
  }
  return text;
}
