import type { BetterAuthOptions } from 'better-auth';
import type { GenericOAuthConfig } from 'better-auth/plugins';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { mayConnect, noteSession, type TokenCheck } from './connecting.ts';
import { linkPlugin, passkeyPlugin } from './plugins.ts';

export const authPath = '/v1/auth';
/** The one client of the device flow. */
export const deviceClient = 'assent-cli';
/** Where a client's address is found; the server sets it from the socket, whatever a client sends. */
export const clientAddressHeader = 'x-assent-client';

/** Where better-auth sends a browser that a provider's callback refuses; our own callback sees to it that no browser comes here. */
export const refusedPath = '/login/refused';
/** How young a browser session is, in seconds, that may change the ways in which its user signs in. */
export const freshSeconds = 3600;

/** Characters that a password has at least. */
const minPasswordLength = 10;
/** Characters that a password has at the most. */
const maxPasswordLength = 200;

/** The gateway's own Kysely instance, as better-auth takes it. */
type SharedDatabase = Extract<NonNullable<BetterAuthOptions['database']>, { db: unknown }>['db'];

export interface AuthOptions {
  readonly database: SharedDatabase;
  readonly engine: 'sqlite' | 'postgres';
  /** Origin under which people reach the gateway. */
  readonly publicUrl: string;
  readonly secret: Secret;
  readonly isTokenGood: TokenCheck;
}

export type BetterAuth = Awaited<ReturnType<typeof newBetterAuth>>;

/**
 * better-auth on the gateway's own tables: passwords, passkeys, device login, browser sessions, and one provider of single
 * sign-on. Nobody signs up by themselves; organizations and roles are the gateway's own (`gateway/members`).
 */
export async function newBetterAuth(options: AuthOptions, provider?: GenericOAuthConfig) {
  const [{ betterAuth }, { deviceAuthorization, genericOAuth }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
  ]);
  return betterAuth({
    database: { db: options.database, type: options.engine },
    basePath: authPath,
    baseURL: options.publicUrl,
    secret: options.secret.reveal(),
    trustedOrigins: [options.publicUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength },
    user: { modelName: 'auth_user' },
    session: {
      modelName: 'auth_session',
      freshAge: freshSeconds,
      additionalFields: { userTokenId: { type: 'string', required: false, input: false } },
    },
    account: { modelName: 'auth_account', updateAccountOnSignIn: false },
    verification: { modelName: 'auth_verification' },
    databaseHooks: databaseHooks(options.isTokenGood),
    hooks: { before: await noteSession() },
    onAPIError: { errorURL: options.publicUrl + refusedPath },
    // Its counts would be those of this process; `throttled.ts` counts in the database.
    rateLimit: { enabled: false },
    advanced,
    plugins: [
      deviceAuthorization(deviceFlow),
      await passkeyPlugin(options.publicUrl),
      genericOAuth({ config: provider === undefined ? [] : [provider] }),
      await linkPlugin(),
    ],
  });
}

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

/** How long the code of a device login is good. */
const deviceCodeSeconds = 600;

const deviceFlow = {
  verificationUri: '/device',
  expiresIn: `${deviceCodeSeconds}s`,
  interval: '2s',
  validateClient: (client: string) => client === deviceClient,
  schema: { deviceCode: { modelName: 'auth_device_code' } },
} as const;

function databaseHooks(isTokenGood: TokenCheck): NonNullable<BetterAuthOptions['databaseHooks']> {
  return {
    account: {
      create: {
        before: async (account, context) =>
          (await mayConnect(context, isTokenGood)) && withoutTokens(account),
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
