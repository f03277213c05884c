import { type Caller, callerKey } from './callers.ts';
import { GatewayError } from './errors.ts';

export interface ConcurrencyLimit {
  /** Takes one of the allowed number; disposing of it gives it back. Throws the code of what is full. */
  acquire(caller: Caller): Disposable;
}

/** How many, and what is said where they are taken. */
export interface Maximum {
  readonly count: number;
  readonly says: string;
  /** `rate_limited`, unless it is nobody's own doing. */
  readonly code?: 'rate_limited' | 'unavailable';
}

/** So many at a time: of each caller, and in all. Who is told to come back is told so in seconds. */
export function concurrencyLimit(
  own: Maximum,
  inAll: Maximum | undefined,
  retryAfterSeconds: number,
): ConcurrencyLimit {
  const taken = new Map<string, number>();
  let all = 0;
  const refuseAt = (count: number, most: Maximum | undefined) => {
    if (most === undefined || count < most.count) return;
    throw new GatewayError(most.code ?? 'rate_limited', most.says, { retryAfterSeconds });
  };
  const count = (key: string, change: 1 | -1) => {
    const now = (taken.get(key) ?? 0) + change;
    if (now > 0) taken.set(key, now);
    else taken.delete(key);
    all += change;
  };
  return {
    acquire(caller) {
      const key = callerKey(caller);
      refuseAt(taken.get(key) ?? 0, own);
      refuseAt(all, inAll);
      count(key, 1);
      return { [Symbol.dispose]: () => count(key, -1) };
    },
  };
}
