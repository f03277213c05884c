import { queryOptions } from '@tanstack/react-query';
import type { Session, SessionCreated } from '../../src/contract/sessions.ts';
import { ask } from './fetch.ts';

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
