import type { Caller } from '../../gateway/callers.ts';
import { GatewayError } from '../../gateway/errors.ts';
import type { Limits } from '../../gateway/gateway.ts';

/** How many may listen at a time: in all, and of each caller. */
export class Places {
  readonly #limits: Pick<Limits, 'socketsPerGateway' | 'socketsPerCaller'>;
  readonly #taken = new Map<string, number>();
  #inAll = 0;

  constructor(limits: Pick<Limits, 'socketsPerGateway' | 'socketsPerCaller'>) {
    this.#limits = limits;
  }

  /** Takes a place, and gives back what frees it. Throws `unavailable` and `rate_limited` where none is left. */
  take(caller: Caller): () => void {
    const { socketsPerGateway, socketsPerCaller } = this.#limits;
    const key = caller.kind === 'session' ? `session ${caller.sessionId}` : `user ${caller.userId}`;
    const own = this.#taken.get(key) ?? 0;
    if (own >= socketsPerCaller) {
      throw new GatewayError(
        'rate_limited',
        `You are listening on ${own} connections already. Close one, and open this again.`,
        { retryAfterSeconds: 10 },
      );
    }
    if (this.#inAll >= socketsPerGateway) {
      throw new GatewayError(
        'unavailable',
        `${socketsPerGateway} connections are listening to this gateway already. Ask for the invocations instead, or try later.`,
      );
    }
    this.#taken.set(key, own + 1);
    this.#inAll += 1;
    return () => this.#free(key);
  }

  #free(key: string): void {
    const own = (this.#taken.get(key) ?? 0) - 1;
    if (own > 0) this.#taken.set(key, own);
    else this.#taken.delete(key);
    this.#inAll -= 1;
  }
}
