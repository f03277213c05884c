import type { Invocation } from '../../contract/invocation.ts';
import { isFinal } from '../../shared/statuses.ts';
import type { Caller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { readInvocation } from '../history/read-invocations.ts';

/** What another gateway did is seen this much later at the most. */
const lookAgainMs = 2000;

/**
 * An invocation as soon as its status is final, or after `waitMs` as it is then; earlier where `gone` aborts or the gateway
 * stops. Throws `not_found`.
 */
export async function awaitFinal(
  gateway: Gateway,
  caller: Caller,
  sessionId: string,
  id: string,
  waitMs: number,
  gone: AbortSignal,
): Promise<Invocation> {
  const until = gateway.clock() + waitMs;
  const wakeUp = new WakeUp(gateway, id, AbortSignal.any([gone, gateway.stopping.signal]));
  try {
    for (;;) {
      const found = await readInvocation(gateway, caller, sessionId, id);
      const left = until - gateway.clock();
      if (isFinal(found.status) || left <= 0 || wakeUp.over) return found;
      await wakeUp.within(Math.min(left, lookAgainMs));
    }
  } finally {
    wakeUp.stop();
  }
}

/** Listens from before the first look at the row, so that no change falls between the look and the wait. */
class WakeUp {
  #woken = Promise.withResolvers<void>();
  readonly #stop: () => void;
  readonly #end: AbortSignal;

  constructor(gateway: Gateway, id: string, end: AbortSignal) {
    this.#end = end;
    const wake = () => this.#woken.resolve();
    const unsubscribe = gateway.bus.subscribe({
      wants: ({ invocationId }) => invocationId === id,
      hear: wake,
      missed: wake,
    });
    end.addEventListener('abort', wake, { once: true });
    this.#stop = () => {
      unsubscribe();
      end.removeEventListener('abort', wake);
    };
  }

  get over(): boolean {
    return this.#end.aborted;
  }

  async within(ms: number): Promise<void> {
    const timer = setTimeout(() => this.#woken.resolve(), ms);
    await this.#woken.promise;
    clearTimeout(timer);
    this.#woken = Promise.withResolvers<void>();
  }

  stop(): void {
    this.#stop();
  }
}
