import type { GenericEndpointContext } from 'better-auth';
import type { Gateway } from '../../gateway/gateway.ts';
import { findBrowserSession } from '../../gateway/people/browser-sessions.ts';

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
  gateway: Gateway,
): Promise<boolean> {
  // Outside of better-auth's endpoints no provider has a say.
  if (!endpoint) return true;
  const { getOAuthState } = await import('better-auth/api');
  const state = await getOAuthState();
  if (state?.link === undefined) return true;
  const session = await findBrowserSession(gateway, String(state.serverContext?.sessionId));
  return session !== undefined && session.userId === state.link.userId;
}
