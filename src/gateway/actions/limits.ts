import { type ConcurrencyLimit, concurrencyLimit } from '../concurrency-limit.ts';
import type { Limits } from '../gateway.ts';

/** For answers that list actions: each lies in memory until it has been read, and may be as large as a server's list. */
export function catalogLimit({ catalogsPerCaller, catalogsPerGateway }: Limits): ConcurrencyLimit {
  const own = `${catalogsPerCaller} lists of actions of yours are under way already. Read their answers, and ask again.`;
  const all = `${catalogsPerGateway} lists of actions are being read from this gateway already. Ask again in a moment.`;
  return concurrencyLimit(
    { count: catalogsPerCaller, says: own },
    { count: catalogsPerGateway, says: all, code: 'unavailable' },
    1,
  );
}
