import { type ConcurrencyLimit, concurrencyLimit } from '../concurrency-limit.ts';
import type { Limits } from '../gateway.ts';

/** For searches of the history that no index answers, and for counts. */
export function searchLimit({ searchesPerCaller }: Limits): ConcurrencyLimit {
  const says = `${searchesPerCaller} searches or counts of yours are under way already. Wait for one to end, and ask again.`;
  return concurrencyLimit({ count: searchesPerCaller, says }, undefined, 1);
}

/** For downloads of the history as a file, which last as long as the client reads. */
export function exportLimit({ exportsPerCaller, exportsPerGateway }: Limits): ConcurrencyLimit {
  const own = `You are downloading ${exportsPerCaller} files of the history already. Wait for one to end, or stop it, and ask again.`;
  const all = `${exportsPerGateway} files of the history are being downloaded from this gateway already. Ask again when one may have ended.`;
  return concurrencyLimit(
    { count: exportsPerCaller, says: own },
    { count: exportsPerGateway, says: all },
    10,
  );
}
