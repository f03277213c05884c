import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { callerKey } from '../../gateway/callers.ts';
import { FairQueue } from '../../lib/fair-queue.ts';

/** Credentials that somebody has used lately. */
const mostKnown = 10_000;

/** Waits until it is a request's turn. */
export type TakeTurn = (request: FastifyRequest) => Promise<void>;

/**
 * Requests begin one at a time, and so does the reading of their bodies, which calls what this returns; everything else that is due runs
 * in between. The turns go round among those who ask: thousands of requests of one caller keep another's waiting for one of them.
 * All whose credential has not been good lately are one caller in this. It decides when somebody is asked who they are, and nothing else.
 */
export function beginInTurns(app: FastifyInstance): TakeTurn {
  const queue = new FairQueue();
  const known = new LRUCache<string, string>({ max: mostKnown });
  const takeTurn: TakeTurn = (request) =>
    queue.take(known.get(credentialKey(request)) ?? 'unknown', async () => undefined);
  app.addHook('onRequest', takeTurn);
  // Only now it is known who they are.
  app.addHook('preParsing', async (request) => {
    if (request.caller !== null) known.set(credentialKey(request), callerKey(request.caller));
  });
  return takeTurn;
}

/** Of what a request shows of itself: no credential is kept. */
function credentialKey({ headers }: FastifyRequest): string {
  return hash('sha256', headers.authorization ?? headers.cookie ?? '', 'base64');
}
