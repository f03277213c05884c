import { useQuery } from '@tanstack/react-query';
import { sourcesQuery } from './sources.ts';

/** What a source is called, by its id; the id where it is not known. */
export function useSourceName(): (sourceId: string) => string {
  const { data: sources } = useQuery(sourcesQuery);
  return (sourceId) => sources?.find(({ id }) => id === sourceId)?.displayName ?? sourceId;
}
