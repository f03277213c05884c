import type { Invocation, InvocationsAnswer } from '../../contract/invocation.ts';
import { isoTimeOrNull } from '../../lib/clock.ts';
import { isSearch } from '../../store/history/filter.ts';
import { listInvocations } from '../../store/history/list-invocations.ts';
import { findInvocation } from '../../store/invocations.ts';
import type { Caller, UserCaller } from '../callers.ts';
import { notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { readableSession } from '../people/sessions.ts';
import { toInvocation } from '../to-invocation.ts';
import { type HistoryQuery, historyFilter } from './filter.ts';

export interface InvocationsQuery extends HistoryQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * The organization's inbox and history, newest first; for a session, its own. Throws `not_found` for a session not theirs,
 * `rate_limited` where they search for too much at a time, and the signal's reason once they have gone.
 */
export async function readInvocations(
  gateway: Gateway,
  caller: Caller,
  query: InvocationsQuery,
  gone: AbortSignal,
): Promise<InvocationsAnswer> {
  const filter = await historyFilter(gateway, caller, query);
  using _ = isSearch(filter) ? gateway.searches.acquire(caller) : undefined;
  const { limit, cursor } = query;
  const looking = { userId: caller.userId, gone };
  const page = await listInvocations(gateway.store.db, { ...filter, limit, cursor }, looking);
  return {
    invocations: page.rows.map(toInvocation),
    nextCursor: page.nextCursor,
    searchedTo: isoTimeOrNull(page.searchedTo),
  };
}

/** One invocation of a session. Throws `not_found`. */
export async function readInvocation(
  gateway: Gateway,
  caller: Caller,
  sessionId: string,
  id: string,
): Promise<Invocation> {
  await readableSession(gateway, caller, sessionId);
  const row = await findInvocation(gateway.store.db, caller.organizationId, id);
  if (row === undefined || row.session_id !== sessionId) throw notFound('invocation in this session');
  return toInvocation(row);
}

/** One of the organization's, for a person who has nothing but its id. Throws `not_found`. */
export async function readInvocationById(
  gateway: Gateway,
  caller: UserCaller,
  id: string,
): Promise<Invocation> {
  const row = await findInvocation(gateway.store.db, caller.organizationId, id);
  if (row === undefined) throw notFound('invocation');
  return toInvocation(row);
}
