import type { BetterAuth } from './better-auth.ts';

/** Somebody who has just shown who they are. */
export interface LoginSubject {
  readonly userId: string;
  /**
   * Whether the session may give its user another way in. A user token makes links, and a stolen one must not become a
   * password or a passkey: a link's session may not where its user has another way to sign in.
   */
  readonly isFresh: boolean;
  /** The user token whose link they came by: the session ends with it. */
  readonly userTokenId: string | null;
}

/** Opens a browser session: the `Set-Cookie` headers. */
export async function logIn(auth: BetterAuth, subject: LoginSubject): Promise<string[]> {
  const response = await auth.api.loginUser({ body: { ...subject }, asResponse: true });
  return response.headers.getSetCookie();
}
