import { queryOptions } from '@tanstack/react-query';
import type { StatusAnswer } from '../../src/contract/status.ts';
import { ask } from './fetch.ts';

/** For admins every source is asked, which may take as long as the slowest. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => ask<StatusAnswer>('GET', '/v1/status', undefined, signal),
  staleTime: 60_000,
});
