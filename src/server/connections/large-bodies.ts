import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callerKey } from '../../gateway/callers.ts';

/** Bytes from which on a body counts as large; one that does not say how many it has does too. */
export const largeBody = 32_768;
/** Requests of one caller with a large body that are worked on at a time. */
export const mostAtOnce = 16;

/**
 * Of each caller, few large bodies are in memory at a time, until they are answered: the others stay with their sender. A thousand
 * connections would make a gigabyte of them otherwise. Nobody waits for another caller's.
 */
export function holdFewLargeBodies(app: FastifyInstance): void {
  const places = new Map<string, CallersPlaces>();
  app.addHook('preParsing', async (request, reply) => {
    if (!hasLargeBody(request) || reply.raw.destroyed) return;
    const key = request.caller === null ? 'unknown' : callerKey(request.caller);
    const own = places.get(key) ?? new CallersPlaces(() => places.delete(key));
    places.set(key, own);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const release = await own.acquire(gone.signal);
    if (gone.signal.aborted) release();
    else gone.signal.addEventListener('abort', release);
  });
}

function hasLargeBody({ headers }: FastifyRequest): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return Number(headers['content-length'] ?? 0) >= largeBody;
}

class CallersPlaces {
  readonly #onEmpty: () => void;
  /** Who waits for a place; told whether there is one. */
  readonly #waiting = new Set<(isTheirs: boolean) => void>();
  #taken = 0;

  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty;
  }

  /** Resolves to what gives the place back; where the sender goes first, to what gives nothing back. */
  async acquire(gone: AbortSignal): Promise<() => void> {
    if (this.#taken < mostAtOnce) this.#taken++;
    else if (!(await this.#wait(gone))) return () => undefined;
    let isHeld = true;
    return () => {
      if (isHeld) this.#release();
      isHeld = false;
    };
  }

  #wait(gone: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#waiting.add(resolve);
    gone.addEventListener('abort', () => {
      if (this.#waiting.delete(resolve)) resolve(false);
    });
    return promise;
  }

  /** A place passes on to the one who waits longest. */
  #release(): void {
    for (const next of this.#waiting) {
      this.#waiting.delete(next);
      next(true);
      return;
    }
    this.#taken--;
    if (this.#taken === 0) this.#onEmpty();
  }
}
