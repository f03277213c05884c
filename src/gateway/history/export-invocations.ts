import { visibleJson } from '../../shared/odd-characters.ts';
import { listInvocations } from '../../store/history/list-invocations.ts';
import type { UserCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { type HistoryQuery, historyFilter } from './filter.ts';

/** Rows that are read, and given on, at a time. One who reads nothing of a file holds no more than that. */
const limit = 200;
/** Bytes of rows that are read, and given on, at a time. */
const mostBytes = 256 * 1024;

/**
 * What of the organization's history fits, as JSON Lines, newest first, read as it is asked for; what is invoked meanwhile is not
 * in it. `mayStillRead` throws where the caller no longer may. Throws `not_found` for a session not theirs before it begins;
 * later, whatever ends it early: the signal, or a stop of the gateway (`unavailable`).
 */
export async function exportInvocations(
  gateway: Gateway,
  caller: UserCaller,
  query: HistoryQuery,
  gone: AbortSignal,
  mayStillRead: () => Promise<unknown>,
): Promise<AsyncGenerator<string>> {
  const filter = await historyFilter(gateway, caller, query);
  const looking = { userId: caller.userId, gone, mostBytes };
  return (async function* pages() {
    let cursor: string | undefined;
    do {
      gone.throwIfAborted();
      if (gateway.stopping.signal.aborted)
        throw new GatewayError('unavailable', 'The gateway is stopping. Ask again.');
      await mayStillRead();
      const part = { ...filter, limit, cursor };
      const { rows, nextCursor } = await listInvocations(gateway.store.db, part, looking);
      if (rows.length > 0)
        yield rows.map((row) => `${visibleJson(JSON.stringify(toInvocation(row)))}\n`).join('');
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  })();
}
