import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import type { MeAnswer, OidcStartAnswer, PasswordBody } from '../../src/contract/me.ts';
import { ask, askAs, askForSession } from './fetch.ts';
import { forgetPageSecret } from './page-secret.ts';

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
  forgetPageSecret();
  window.location.assign('/login');
}

/** All other browsers of the person are signed out, and this one goes on anew. Throws `ApiError` `forbidden` for a wrong current password. */
export function setPassword(body: PasswordBody): Promise<void> {
  return askForSession('PUT', '/v1/me/password', body);
}

/** Goes to the provider's own page, which leads back to `next`, a path of this page. */
export async function connectSingleSignOn(next: string): Promise<void> {
  leaveFor((await ask<OidcStartAnswer>('POST', '/v1/me/oidc', { next })).url);
}

/**
 * The same, to have the provider ask its person who they are. What they were about is not done: the browser comes back signed in anew,
 * which counts for ten minutes. Throws `ApiError`.
 */
export async function confirmBySingleSignOn(): Promise<void> {
  const { pathname, search } = window.location;
  const { url } = await ask<OidcStartAnswer>('POST', '/v1/me/oidc/confirm', { next: pathname + search });
  leaveFor(url);
}

function leaveFor(url: string): void {
  const { protocol } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:')
    throw new TypeError('The provider is not on the web; its address cannot be opened.');
  window.location.assign(url);
}
