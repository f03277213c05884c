import type { BetterAuth } from './better-auth.ts';

/** Opens a browser session for somebody who has just proved who they are: the `Set-Cookie` headers. */
export async function logIn(auth: BetterAuth, userId: string): Promise<string[]> {
  return open(auth, userId, true);
}

/**
 * The same for whoever holds a one-time link. A user token makes links, and a stolen one must not become a password or a
 * passkey: for who has a way to sign in already, such a session is never fresh.
 */
export async function logInByLink(auth: BetterAuth, userId: string): Promise<string[]> {
  return open(auth, userId, !(await hasOtherWay(auth, userId)));
}

async function open(auth: BetterAuth, userId: string, isFresh: boolean): Promise<string[]> {
  const response = await auth.api.loginUser({ body: { userId, isFresh }, asResponse: true });
  return response.headers.getSetCookie();
}

async function hasOtherWay(auth: BetterAuth, userId: string): Promise<boolean> {
  const { adapter } = await auth.$context;
  const where = [{ field: 'userId', value: userId }];
  return (
    (await adapter.count({ model: 'account', where })) + (await adapter.count({ model: 'passkey', where })) >
    0
  );
}
