import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Session, SessionCreated } from '../../src/contract/sessions.ts';
import { ask } from './fetch.ts';
import { isWorthAsking } from './unknown-sessions.ts';

/** Newest first, the last thousand. */
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) =>
    (await ask<{ sessions: Session[] }>('GET', '/v1/sessions', undefined, signal)).sessions,
});

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ['sessions', id],
    queryFn: async ({ signal }) =>
      (await ask<{ session: Session }>('GET', `/v1/sessions/${encodeURIComponent(id)}`, undefined, signal))
        .session,
  });

export interface NewSession {
  readonly name?: string;
  readonly automationId?: string;
  readonly ttlSeconds?: number;
}

/** The token is in this answer and in no other. */
export function createSession(wanted: NewSession): Promise<SessionCreated> {
  return ask<SessionCreated>('POST', '/v1/sessions', wanted);
}

export function revokeSession(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/sessions/${id}`);
}

/**
 * What somebody has named a session, by its id; `undefined` where nobody has, or where it is not known. To be asked while the
 * component renders: for an id that is not in the list, the list is read again, once.
 */
export function useSessionName(): (sessionId: string) => string | undefined {
  const { data: sessions, refetch } = useQuery(sessionsQuery);
  const names = useMemo(() => new Map(sessions?.map(({ id, name }) => [id, name])), [sessions]);
  const missing = useRef(new Set<string>());
  useEffect(() => {
    if (isWorthAsking(missing.current)) void refetch();
    missing.current.clear();
  });
  return (sessionId) => {
    if (sessions !== undefined && !names.has(sessionId)) missing.current.add(sessionId);
    return names.get(sessionId) ?? undefined;
  };
}
