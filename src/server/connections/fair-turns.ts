import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { callerKey } from '../../gateway/callers.ts';
import { FairQueue, type Slice } from '../../lib/fair-queue.ts';
import { inTurn } from '../../lib/in-turns.ts';
import { largeBody } from './large-bodies.ts';

/** Credentials that somebody has used lately. */
const mostKnown = 10_000;

/**
 * Requests that begin without a break: what they go on to write shares a sync of the disk, which makes a busy gateway half as fast
 * again as one at a time does.
 */
const slice: Slice = { pieces: 8, ms: 4 };

/** Waits until it is the turn of a request whose body has so many bytes; a large one is read as other long work is done. */
export type TakeTurn = (request: FastifyRequest, bytes: number) => Promise<void>;

/**
 * Requests begin one by one, and so does the reading of their bodies, which calls what this returns; everything else that is due runs
 * after every few of them. The turns go round among those who ask: thousands of requests of one caller keep another's waiting for one of them.
 * All whose credential has not been good lately are one caller in this. It decides when somebody is asked who they are, and nothing else.
 */
export function beginInTurns(app: FastifyInstance): TakeTurn {
  const queue = new FairQueue(slice);
  const known = new LRUCache<string, string>({ max: mostKnown });
  /** Of each request that is under way; a hash is made once. */
  const keys = new WeakMap<FastifyRequest, string>();
  const keyOf = (request: FastifyRequest): string => {
    const key = keys.get(request) ?? credentialKey(request);
    keys.set(request, key);
    return key;
  };
  const takeTurn: TakeTurn = (request, bytes) => {
    const who = known.get(keyOf(request)) ?? 'unknown';
    return bytes < largeBody ? queue.take(who, async () => undefined) : inTurn(who, () => undefined);
  };
  app.addHook('onRequest', (request) => takeTurn(request, 0));
  // Only now it is known who they are.
  app.addHook('preParsing', async (request) => {
    if (request.caller !== null) known.set(keyOf(request), callerKey(request.caller));
  });
  return takeTurn;
}

/** Of what a request shows of itself: no credential is kept. */
function credentialKey({ headers }: FastifyRequest): string {
  return hash('sha256', headers.authorization ?? headers.cookie ?? '', 'base64');
}
