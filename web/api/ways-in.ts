import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { GrantsAnswer, GrantsEnded } from '../../src/contract/ways-in.ts';
import { ask } from './fetch.ts';
import { meQuery } from './me.ts';
import { sessionsQuery } from './sessions.ts';
import { membersQuery, tokensQuery } from './settings.ts';

/** Everything that gives access as the person who asks, the oldest first. */
export const waysInQuery = queryOptions({
  queryKey: ['ways-in'],
  queryFn: async ({ signal }) => (await ask<GrantsAnswer>('GET', '/v1/me/ways-in', undefined, signal)).grants,
  staleTime: 0,
});

export type Ended = GrantsEnded['ended'];

/** Ends one, with all that came from it but what is kept. Throws `ApiError` `conflict` where it is the only way to sign in. */
export async function endWayIn(id: string, keep: readonly string[]): Promise<Ended> {
  return (await ask<GrantsEnded>('POST', `/v1/me/ways-in/${id}/end`, { keep })).ended;
}

/** Signs the person out everywhere else, with all that came from there. */
export async function endOtherBrowsers(): Promise<Ended> {
  return (await ask<GrantsEnded>('POST', '/v1/me/ways-in/end-other-browsers', {})).ended;
}

/** Whatever shows some of it reads it anew. */
export async function afterWaysIn(client: QueryClient): Promise<void> {
  const queries = [waysInQuery, meQuery, tokensQuery, sessionsQuery, membersQuery];
  await Promise.all(queries.map(({ queryKey }) => client.invalidateQueries({ queryKey })));
}
