import { useQuery } from '@tanstack/react-query';
import { sessionsQuery } from '../api/sessions.ts';
import { sourcesQuery } from '../api/sources.ts';

export interface Names {
  readonly source: (id: string) => string;
  /** Its name, or the end of its id, in which sessions differ. */
  readonly session: (id: string) => string;
}

/** What people call the things that a row has ids of. A name is a help, no need: where there is none the id stands. */
export function useNames(): Names {
  const { data: sources } = useQuery(sourcesQuery);
  const { data: sessions } = useQuery(sessionsQuery);
  const sourceNames = new Map(sources?.map(({ id, displayName }) => [id, displayName]));
  const sessionNames = new Map(sessions?.map(({ id, name }) => [id, name]));
  return {
    source: (id) => sourceNames.get(id) ?? id,
    session: (id) => sessionNames.get(id) ?? shortSession(id),
  };
}

export function shortSession(id: string): string {
  return `session ${id.slice(-6)}`;
}
