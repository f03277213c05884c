import { newPlaces, type Places } from '../concurrency-limit.ts';
import type { Limits } from '../gateway.ts';

/** For whoever looks through the history: what no index knows of, and counts. */
export function searchPlaces({ searchesPerCaller }: Limits): Places {
  const says = `${searchesPerCaller} searches or counts of yours are under way already. Wait for one to end, and ask again.`;
  return newPlaces({ count: searchesPerCaller, says }, undefined, 1);
}

/** For whoever takes the history as a file, which lasts as long as they read. */
export function exportPlaces({ exportsPerCaller, exportsPerGateway }: Limits): Places {
  const own = `You are downloading ${exportsPerCaller} files of the history already. Wait for one to end, or stop it, and ask again.`;
  const all = `${exportsPerGateway} files of the history are being downloaded from this gateway already. Ask again when one may have ended.`;
  return newPlaces({ count: exportsPerCaller, says: own }, { count: exportsPerGateway, says: all }, 10);
}
