import type { Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Slots } from '../lib/slots.ts';
import { lines } from '../pack/write-reply.ts';
import { authorize, checkTimes, type Seen } from './authorize.ts';
import type { Log } from './log.ts';
import { Refusal } from './refusal.ts';
import type { ReplayStore } from './replay.ts';
import { type RequestLimits, readRequest } from './request.ts';
import { type Place, runPack, type Sender, type StepRecord } from './run-pack.ts';
import type { Trust } from './trust.ts';

/** What it takes to answer a connection. */
export interface Desk {
  readonly limits: RequestLimits;
  /** Asked for each pack anew: a reload counts at once. */
  readonly trust: () => Trust;
  readonly replay: ReplayStore;
  readonly slots: Slots;
  readonly place: Place;
  readonly now: Clock;
  readonly log: Log;
}

interface Outcome extends Seen {
  decision: 'ran' | 'refused' | 'failed';
  reason?: string;
  steps?: readonly StepRecord[];
}

/** How often a sender that only waits is looked after, in milliseconds. */
const lookEveryMs = 100;

/** Answers one connection: reads what is asked, lets it in or refuses it, runs it, and leaves a line in the log. */
export async function answer(socket: Socket, desk: Desk, stopping: AbortSignal): Promise<void> {
  const peer = `${socket.remoteAddress}`;
  const sender = senderOn(socket, stopping);
  const outcome: Outcome = { decision: 'refused' };
  try {
    const request = await readRequest(socket, desk.limits);
    outcome.steps = await admit(request, desk, sender, outcome);
    outcome.decision = 'ran';
  } catch (error) {
    outcome.decision = error instanceof Refusal ? 'refused' : 'failed';
    outcome.reason = messageOf(error);
    sender.send(lines.refused(error instanceof Refusal ? error.message : 'internal'));
  }
  desk.log('pack', { peer, ...outcome });
  hangUp(socket, desk.limits.ioTimeoutMs);
}

async function admit(
  request: Buffer,
  desk: Desk,
  sender: Sender,
  seen: Seen,
): Promise<readonly StepRecord[]> {
  const authorized = authorize(request, desk.trust(), desk.now(), seen);
  desk.replay.check(authorized.pack);
  await desk.slots.take();
  try {
    if (sender.gone.aborted) throw new Refusal('sender is gone');
    checkTimes(authorized.pack, authorized.policy, desk.now());
    await desk.replay.remember(authorized.pack);
    return await runPack(authorized, desk.place, sender);
  } finally {
    desk.slots.giveBack();
  }
}

/**
 * A sender has said all it has to say, so that its going away shows only when it is written to. An empty write tells of a
 * connection that was reset, and sends nothing.
 */
function senderOn(socket: Socket, stopping: AbortSignal): Sender {
  const gone = new AbortController();
  const looking = setInterval(() => socket.readableEnded && socket.write(''), lookEveryMs);
  const end = () => {
    clearInterval(looking);
    stopping.removeEventListener('abort', end);
    gone.abort();
  };
  socket.on('error', end);
  socket.on('close', end);
  stopping.addEventListener('abort', end);
  return {
    send: (part) => void (socket.writable && socket.write(part)),
    gone: gone.signal,
  };
}

/**
 * Ends the reply. What is still coming is read and thrown away for a while, since a connection that is closed on it would
 * take the reply back; neither that nor a reply that nobody reads is waited for longer.
 */
function hangUp(socket: Socket, withinMs: number): void {
  const timer = setTimeout(() => socket.destroy(), withinMs);
  socket.once('close', () => clearTimeout(timer));
  socket.resume();
  socket.end();
}
