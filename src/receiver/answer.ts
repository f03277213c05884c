import type { Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { lines } from '../pack/write-reply.ts';
import { authorize, checkTimes, type Seen } from './authorize.ts';
import type { Log } from './os/json-log.ts';
import { type Reader, readerOn } from './os/reply-peer.ts';
import type { Slots } from './os/semaphore.ts';
import { Refusal } from './refusal.ts';
import type { ReplayStore } from './replay.ts';
import { type RequestLimits, readRequest } from './request.ts';
import { type Place, runPack, type StepRecord } from './run-pack.ts';
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

/** Answers one connection: reads what is asked, lets it in or refuses it, runs it, and leaves a line in the log. */
export async function answer(socket: Socket, desk: Desk, stopping: AbortSignal): Promise<void> {
  const peer = `${socket.remoteAddress}`;
  const sender = readerOn(socket, desk.limits.ioTimeoutMs, stopping);
  const outcome: Outcome = { decision: 'refused' };
  try {
    const request = await readRequest(socket, desk.limits, sender.gone);
    outcome.steps = await admit(request, desk, sender, outcome);
    outcome.decision = 'ran';
  } catch (error) {
    outcome.decision = error instanceof Refusal ? 'refused' : 'failed';
    outcome.reason = messageOf(error);
    sender.send(lines.refused(error instanceof Refusal ? error.message : 'internal'));
  }
  desk.log('pack', { peer, ...outcome });
  sender.hangUp();
}

async function admit(
  request: Buffer,
  desk: Desk,
  sender: Reader,
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
