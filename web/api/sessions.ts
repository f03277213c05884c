import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Automation } from '../../src/contract/automations.ts';
import type { InvocationsAnswer } from '../../src/contract/invocation.ts';
import type { Session, SessionCreated } from '../../src/contract/sessions.ts';
import { ask } from './fetch.ts';
import { invocationsKey } from './invocations.ts';

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

/** Ids that the list of sessions was read again for. */
const askedFor = new Set<string>();

/**
 * Whether it is worth reading the list of sessions again for ids that are not in it: for each id once in the page's life. A
 * session may have been opened since the list was read; one that lies further back than the list goes is in no newer one either.
 */
export function isWorthAsking(missing: Iterable<string>): boolean {
  const before = askedFor.size;
  for (const id of missing) askedFor.add(id);
  return askedFor.size > before;
}

/** What a session has asked for last, newest first. */
export const sessionInvocationsQuery = (sessionId: string) =>
  queryOptions({
    queryKey: [...invocationsKey, 'session', sessionId],
    queryFn: ({ signal }) =>
      ask<InvocationsAnswer>(
        'GET',
        `/v1/invocations?sessionId=${encodeURIComponent(sessionId)}&limit=20`,
        undefined,
        signal,
      ),
  });

export const automationsQuery = queryOptions({
  queryKey: ['automations'],
  queryFn: async ({ signal }) =>
    (await ask<{ automations: Automation[] }>('GET', '/v1/automations', undefined, signal)).automations,
});

export async function createAutomation(name: string): Promise<Automation> {
  return (await ask<{ automation: Automation }>('POST', '/v1/automations', { name })).automation;
}

export function deleteAutomation(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/automations/${id}`);
}
