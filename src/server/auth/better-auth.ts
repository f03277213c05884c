import type { BetterAuthOptions } from 'better-auth';
import type { Gateway } from '../../gateway/gateway.ts';
import { browserSessionSeconds } from '../../gateway/people/browser-sessions.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { hostName, isSecure } from './host-cookie.ts';
import { passkeyPlugin, sessionPlugin } from './plugins.ts';

export const authPath = '/v1/auth';
/** Where a client's address is found; the server sets it from the socket, whatever a client sends. */
export const clientAddressHeader = 'x-assent-client';

export interface AuthOptions {
  readonly gateway: Gateway;
  /** Origin under which people reach the gateway. */
  readonly publicUrl: string;
  readonly secret: Secret;
}

export type BetterAuth = Awaited<ReturnType<typeof newBetterAuth>>;

/**
 * better-auth on the gateway's own tables: how passwords are stored, passkeys, and the cookies of browser sessions. Nobody signs up by
 * themselves; organizations and roles are the gateway's own (`gateway/members`), and so is single sign-on (`single-sign-on`).
 */
export async function newBetterAuth(options: AuthOptions) {
  const { shared, engine } = options.gateway.store;
  const { betterAuth } = await import('better-auth');
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
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    // Its counts would be those of this process; `throttled.ts` counts in the database.
    rateLimit: { enabled: false },
    advanced: advanced(options.publicUrl),
    plugins: [await passkeyPlugin(options.publicUrl), await sessionPlugin()],
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

function advanced(publicUrl: string) {
  return {
    cookiePrefix: hostName(publicUrl, 'assent'),
    // better-auth's own prefix would be `__Secure-`, which a neighbour in the same domain can set.
    useSecureCookies: false,
    // Said aloud, because better-auth leaves both checks out where NODE_ENV is `test`.
    disableOriginCheck: false,
    disableCSRFCheck: false,
    defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, secure: isSecure(publicUrl) },
    database: { generateId: newId },
    ipAddress: { ipAddressHeaders: [clientAddressHeader] },
  } satisfies BetterAuthOptions['advanced'];
}
