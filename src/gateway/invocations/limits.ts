import { type ConcurrencyLimit, concurrencyLimit } from '../concurrency-limit.ts';
import type { Limits } from '../gateway.ts';

/** For requests that wait for an invocation: each looks at its row from time to time. */
export function waitLimit({ waitsPerCaller, waitsPerGateway }: Limits): ConcurrencyLimit {
  const own = `${waitsPerCaller} requests of yours wait for an invocation already. Let one end, or ask without wait, or follow the events.`;
  const all = `${waitsPerGateway} requests wait for invocations on this gateway already. Ask without wait, or try later.`;
  return concurrencyLimit(
    { count: waitsPerCaller, says: own },
    { count: waitsPerGateway, says: all, code: 'unavailable' },
    2,
  );
}

/** For answers that hold all of a result: each lies in memory until it has been read. */
export function resultLimit({ resultsPerCaller, resultsPerGateway }: Limits): ConcurrencyLimit {
  const own = `${resultsPerCaller} results of yours are under way already. Read their answers, and ask again.`;
  const all = `${resultsPerGateway} results are being read from this gateway already. Ask again in a moment.`;
  return concurrencyLimit(
    { count: resultsPerCaller, says: own },
    { count: resultsPerGateway, says: all, code: 'unavailable' },
    1,
  );
}
