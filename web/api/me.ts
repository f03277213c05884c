import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { MeAnswer } from '../../src/contract/me.ts';
import { ask, askAs } from './fetch.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const me = await ask<MeAnswer>('GET', '/v1/me', undefined, signal);
    askAs(me.user.id);
    return me;
  },
  staleTime: 60_000,
});

/** Who is signed in; the frame has asked before any screen shows. */
export function useMe(): MeAnswer & { readonly isAdmin: boolean } {
  const { data } = useSuspenseQuery(meQuery);
  return { ...data, isAdmin: data.user.role !== 'member' };
}

/** Ends the browser's session here and now. */
export async function signOut(): Promise<void> {
  await ask('POST', '/v1/auth/sign-out', {});
  window.location.assign('/login');
}
