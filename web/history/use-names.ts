import { useQuery } from '@tanstack/react-query';
import { useSessionName } from '../api/sessions.ts';
import { sourcesQuery } from '../api/sources.ts';
import { sessionName } from '../ui/words.ts';

export interface Names {
  readonly source: (id: string) => string;
  readonly session: (id: string) => string;
}

/** What people call the things that a row has ids of. A name is a help, no need: where there is none the id stands. */
export function useNames(): Names {
  const { data: sources } = useQuery(sourcesQuery);
  const sourceNames = new Map(sources?.map(({ id, displayName }) => [id, displayName]));
  const givenName = useSessionName();
  return {
    source: (id) => sourceNames.get(id) ?? id,
    session: (id) => sessionName(id, givenName(id)),
  };
}
