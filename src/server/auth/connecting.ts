import type { GenericEndpointContext } from 'better-auth';
import { z } from 'zod';

/** Notes in the state of who begins to connect an account which browser session that was. */
export async function noteSession() {
  const { addOAuthServerContext, createAuthMiddleware, getSessionFromCtx } = await import('better-auth/api');
  return createAuthMiddleware(async (context) => {
    if (context.path !== '/link-social') return;
    const found = await getSessionFromCtx(context);
    if (found !== null) await addOAuthServerContext({ sessionId: found.session.id });
  });
}

/**
 * Whether what is under way may give somebody an account with the provider: what a browser session began to connect ends
 * with that session. The browser itself cannot show it: coming from another site, it sends no SameSite=Strict cookie.
 */
export async function mayConnect(
  endpoint: GenericEndpointContext | null | undefined,
  isTokenGood: TokenCheck,
): Promise<boolean> {
  // Outside of better-auth's endpoints no provider has a say.
  if (!endpoint) return true;
  const { getOAuthState } = await import('better-auth/api');
  const state = await getOAuthState();
  if (state?.link === undefined) return true;
  const session = await endpoint.context.adapter.findOne<Record<string, unknown>>({
    model: 'session',
    where: [{ field: 'id', value: String(state.serverContext?.sessionId) }],
  });
  return session !== null && session.userId === state.link.userId && isGoing(session, isTokenGood);
}

/** Whether a user token, by its id, has neither been revoked nor expired. */
export type TokenCheck = (userTokenId: string) => Promise<boolean>;

/** What better-auth keeps of a session, as far as it says how long that lasts. */
const lasting = z.object({ expiresAt: z.date(), userTokenId: z.string().nullish() });

/** Whether a browser's session lasts still. One that a token's link has opened ends with that token. */
export async function isGoing(session: unknown, isTokenGood: TokenCheck): Promise<boolean> {
  const { expiresAt, userTokenId } = lasting.parse(session);
  if (expiresAt.getTime() <= Date.now()) return false;
  return !userTokenId || isTokenGood(userTokenId);
}
