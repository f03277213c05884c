import type { Socket } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { lines } from '../pack/write-reply.ts';
import { authorize, checkTimes, type Seen } from './authorize.ts';
import type { Log } from './os/json-log.ts';
import { type ReplyPeer, replyPeerOn } from './os/reply-peer.ts';
import type { Semaphore } from './os/semaphore.ts';
import { Refusal } from './refusal.ts';
import type { ReplayStore } from './replay.ts';
import { type RequestLimits, readRequest } from './request.ts';
import { type RunSettings, runPack, type StepRecord } from './run-pack.ts';
import type { Trust } from './trust.ts';

/** What it takes to answer a connection. */
export interface Services {
  readonly limits: RequestLimits;
  /** Asked for each pack anew: a reload counts at once. */
  readonly trust: () => Trust;
  readonly replay: ReplayStore;
  readonly semaphore: Semaphore;
  readonly settings: RunSettings;
  readonly now: Clock;
  readonly log: Log;
}

interface Outcome extends Seen {
  decision: 'ran' | 'refused' | 'failed';
  reason?: string;
  steps?: readonly StepRecord[];
}

/** Answers one connection: reads what is asked, lets it in or refuses it, runs it, and leaves a line in the log. */
export async function answer(socket: Socket, services: Services, stopping: AbortSignal): Promise<void> {
  const peer = `${socket.remoteAddress}`;
  const sender = replyPeerOn(socket, services.limits.ioTimeoutMs, stopping);
  const outcome: Outcome = { decision: 'refused' };
  try {
    const request = await readRequest(socket, services.limits, sender.gone);
    outcome.steps = await runRequest(request, services, sender, outcome);
    outcome.decision = 'ran';
  } catch (error) {
    outcome.decision = error instanceof Refusal ? 'refused' : 'failed';
    outcome.reason = messageOf(error);
    sender.send(lines.refused(error instanceof Refusal ? error.message : 'internal'));
  }
  services.log('pack', { peer, ...outcome });
  sender.hangUp();
}

async function runRequest(
  request: Buffer,
  services: Services,
  sender: ReplyPeer,
  seen: Seen,
): Promise<readonly StepRecord[]> {
  const authorized = authorize(request, services.trust(), services.now(), seen);
  services.replay.check(authorized.pack);
  using _ = await services.semaphore.acquire();
  if (sender.gone.aborted) throw new Refusal('sender is gone');
  checkTimes(authorized.pack, authorized.policy, services.now());
  await services.replay.remember(authorized.pack);
  return await runPack(authorized, services.settings, sender);
}
