import type { Status } from '../../contract/invocation.ts';
import type { HistoryFilter } from '../../store/history/filter.ts';
import type { Caller } from '../callers.ts';
import type { Gateway } from '../gateway.ts';
import { readableSession } from '../people/sessions.ts';

/** Which invocations a caller asks for; `from` and `to` are ISO 8601. */
export interface HistoryQuery {
  readonly status?: Status | undefined;
  readonly sourceId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
}

/** What of it the caller may see: a session its own, a user the organization's. Throws `not_found` for a session not theirs. */
export async function historyFilter(
  gateway: Gateway,
  caller: Caller,
  query: HistoryQuery,
): Promise<HistoryFilter> {
  const { status, sourceId, sessionId, from, to, text } = query;
  if (sessionId !== undefined) await readableSession(gateway, caller, sessionId);
  return {
    organizationId: caller.organizationId,
    status,
    sourceId,
    sessionId: caller.kind === 'session' ? caller.sessionId : sessionId,
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
    text,
  };
}
