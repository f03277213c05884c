import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { sessionsQuery } from './sessions.ts';
import { isWorthAsking } from './unknown-sessions.ts';

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
