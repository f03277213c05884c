import type { BetterAuthOptions } from 'better-auth';
import type { GenericOAuthConfig } from 'better-auth/plugins';
import type { Gateway } from '../../gateway/gateway.ts';
import { browserSessionSeconds } from '../../gateway/people/browser-sessions.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { mayConnect, noteSession } from './connecting.ts';
import { passkeyPlugin, sessionPlugin } from './plugins.ts';

export const authPath = '/v1/auth';
/** Where a client's address is found; the server sets it from the socket, whatever a client sends. */
export const clientAddressHeader = 'x-assent-client';

/** Where better-auth sends a browser that a provider's callback refuses; our own callback sees to it that no browser comes here. */
export const refusedPath = '/login/refused';

export interface AuthOptions {
  readonly gateway: Gateway;
  /** Origin under which people reach the gateway. */
  readonly publicUrl: string;
  readonly secret: Secret;
}

export type BetterAuth = Awaited<ReturnType<typeof newBetterAuth>>;

/**
 * better-auth on the gateway's own tables: how passwords are stored, passkeys, the cookies of browser sessions, and one provider of
 * single sign-on. Nobody signs up by themselves; organizations and roles are the gateway's own (`gateway/members`).
 */
export async function newBetterAuth(options: AuthOptions, provider?: GenericOAuthConfig) {
  const { shared, engine } = options.gateway.store;
  const [{ betterAuth }, { genericOAuth }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
  ]);
  return betterAuth({
    database: { db: shared, type: engine },
    basePath: authPath,
    baseURL: options.publicUrl,
    secret: options.secret.reveal(),
    trustedOrigins: [options.publicUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    user: { modelName: 'auth_user' },
    session: sessionOptions,
    account: { modelName: 'auth_account', updateAccountOnSignIn: false },
    verification: { modelName: 'auth_verification' },
    databaseHooks: databaseHooks(options.gateway),
    hooks: { before: await noteSession() },
    onAPIError: { errorURL: options.publicUrl + refusedPath },
    // Its counts would be those of this process; `throttled.ts` counts in the database.
    rateLimit: { enabled: false },
    advanced,
    plugins: [
      await passkeyPlugin(options.publicUrl),
      genericOAuth({ config: provider === undefined ? [] : [provider] }),
      await sessionPlugin(),
    ],
  });
}

/** better-auth's sessions: they end a week after they began, used or not. */
const sessionOptions = {
  modelName: 'auth_session',
  expiresIn: browserSessionSeconds,
  disableSessionRefresh: true,
  // Whether somebody has shown lately who they are is asked of the ledger (`proven_at`).
  freshAge: 0,
} satisfies BetterAuthOptions['session'];

const advanced = {
  cookiePrefix: 'assent',
  // Said aloud, because better-auth leaves both checks out where NODE_ENV is `test`.
  disableOriginCheck: false,
  disableCSRFCheck: false,
  defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
  // It must come along when the provider sends the browser back; it signs nobody in by itself.
  cookies: { state: { attributes: { sameSite: 'lax' } } },
  database: { generateId: newId },
  ipAddress: { ipAddressHeaders: [clientAddressHeader] },
} satisfies BetterAuthOptions['advanced'];

function databaseHooks(gateway: Gateway): NonNullable<BetterAuthOptions['databaseHooks']> {
  return {
    account: {
      create: {
        before: async (account, context) => (await mayConnect(context, gateway)) && withoutTokens(account),
      },
      update: { before: async (account) => withoutTokens(account) },
    },
    // What a provider says of somebody changes nothing of who they are here; least of all whether an address is proven.
    user: { update: { before: async () => false } },
  };
}

/** The provider's tokens have done their work once they say who somebody is: none is kept. */
function withoutTokens<Account extends object>(account: Account) {
  return { data: { ...account, accessToken: null, refreshToken: null, idToken: null } };
}
