import { countInvoke } from '../../store/invoke-windows.ts';
import type { SessionCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/**
 * Counts every call to invoke, also one that is refused afterwards, so that an agent cannot hammer for free.
 * Throws `rate_limited`, with the seconds after which the next one is heard.
 */
export async function rateLimit(gateway: Gateway, caller: SessionCaller): Promise<void> {
  const { invokesPerWindow, invokeWindowMs } = gateway.limits;
  const now = gateway.clock();
  const { startedAt, count } = await gateway.store.write(
    (tx) => countInvoke(tx, caller.sessionId, now, invokeWindowMs),
    'committed',
  );
  if (count <= invokesPerWindow) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((startedAt + invokeWindowMs - now) / 1000));
  throw new GatewayError(
    'rate_limited',
    `This session has made ${invokesPerWindow} invokes within ${invokeWindowMs / 1000} s. Try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}
