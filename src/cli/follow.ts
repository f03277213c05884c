import { setTimeout as sleep } from 'node:timers/promises';
import type { Invocation } from '../contract/invocation.ts';
import { isFinal } from '../shared/statuses.ts';
import { at } from './client.ts';
import { type EventStream, type OpenEvents, openEvents } from './event-stream.ts';
import { Failure } from './exit.ts';
import { note } from './print.ts';
import type { Agent } from './who.ts';

/** Milliseconds, all of them. */
export interface Pace {
  /** How long one question waits at the gateway, which answers at once when the status is final. */
  readonly slice: number;
  /** How long an answer may be late before the connection counts as lost. */
  readonly grace: number;
  /** Between two questions: a gateway that is stopping answers at once. */
  readonly pause: number;
  /** A gateway that is away for longer is gone. */
  readonly patience: number;
}

const usualPace: Pace = { slice: 20_000, grace: 10_000, pause: 1000, patience: 120_000 };

/**
 * Asks until the invocation is final, over hiccups of the network and restarts of the gateway: whenever its events say
 * that something has happened, or, without them, again and again, with the gateway holding each answer back.
 * Throws `timeout` after `timeoutMs`, and `unreachable` where the gateway stays away.
 */
export async function followed(
  agent: Agent,
  invocation: Invocation,
  timeoutMs: number,
  pace = usualPace,
  open: OpenEvents = openEvents,
): Promise<Invocation> {
  const until = performance.now() + timeoutMs;
  if (isFinal(invocation.status)) return invocation;
  if (timeoutMs <= 0) throw gaveUp(invocation, timeoutMs);
  const events = await open(agent.client, agent.events, (id) => id === invocation.id);
  try {
    return await asked(agent, invocation, { until, timeoutMs, pace, events });
  } finally {
    events?.close();
  }
}

interface Asking {
  /** On the clock of `performance.now`. */
  readonly until: number;
  readonly timeoutMs: number;
  readonly pace: Pace;
  readonly events: EventStream | undefined;
}

async function asked(agent: Agent, first: Invocation, asking: Asking): Promise<Invocation> {
  const { until, timeoutMs, pace, events } = asking;
  let awaySince: number | undefined;
  let latest = first;
  while (!isFinal(latest.status)) {
    const askedAt = performance.now();
    if (askedAt >= until) throw gaveUp(latest, timeoutMs);
    // What happened before the stream was there is in the first answer.
    const isListening = events?.isOpen === true;
    const waitMs = isListening ? 0 : Math.min(pace.slice, until - askedAt);
    try {
      latest = await ask(agent, latest.id, waitMs, pace.grace);
      awaySince = undefined;
    } catch (error) {
      if (!isPassing(error) || askedAt - (awaySince ?? askedAt) > pace.patience) throw error;
      if (awaySince === undefined) note(`Still waiting, though: ${error.message}`);
      awaySince ??= askedAt;
    }
    if (isFinal(latest.status)) break;
    if (isListening && awaySince === undefined)
      await events.change(Math.min(pace.slice, until - performance.now()));
    else await sleep(Math.max(0, Math.min(askedAt + pace.pause, until) - performance.now()));
  }
  return latest;
}

async function ask(
  { client, actions }: Agent,
  id: string,
  waitMs: number,
  graceMs: number,
): Promise<Invocation> {
  const wait = waitMs > 0 ? `?wait=${(waitMs / 1000).toFixed(1)}` : '';
  const path = `${actions}${at`/invocations/${id}`}${wait}`;
  const { invocation } = await client.get<{ invocation: Invocation }>(path, {
    timeoutMs: waitMs + graceMs,
  });
  return invocation;
}

/** What another try may not meet again. */
function isPassing(error: unknown): error is Failure {
  return (
    error instanceof Failure &&
    ['unreachable', 'unavailable', 'internal', 'rate_limited'].includes(error.code)
  );
}

function gaveUp({ id, status }: Invocation, timeoutMs: number): Failure {
  return new Failure(
    'timeout',
    `It is still ${status} after ${timeoutMs / 1000} s, and goes on without this command. \`assent actions status ${id}\` says what becomes of it.`,
  );
}
