import { type ConcurrencyLimit, concurrencyLimit } from '../../gateway/concurrency-limit.ts';
import type { Limits } from '../../gateway/gateway.ts';

/** How many may listen at a time: in all, and of each caller. */
export function listenerLimit({
  socketsPerGateway,
  socketsPerCaller,
}: Pick<Limits, 'socketsPerGateway' | 'socketsPerCaller'>): ConcurrencyLimit {
  const own = `You are listening on ${socketsPerCaller} connections already. Close one, and open this again.`;
  const all = `${socketsPerGateway} connections are listening to this gateway already. Ask for the invocations instead, or try later.`;
  return concurrencyLimit(
    { count: socketsPerCaller, says: own },
    { count: socketsPerGateway, says: all, code: 'unavailable' },
    10,
  );
}
