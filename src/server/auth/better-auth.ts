import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { deviceAuthorization, type GenericOAuthConfig, genericOAuth } from 'better-auth/plugins';
import { z } from 'zod';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';

export const authPath = '/v1/auth';
/** The one client of the device flow. */
export const deviceClient = 'assent-cli';
/** Where better-auth finds a client's address for its rate limits; the server sets it from the socket, whatever a client sends. */
export const clientAddressHeader = 'x-assent-client';

/** Where better-auth sends whom a provider's callback refuses; our own callback sees to it that no browser comes here. */
export const refusedPath = '/login/refused';
/** How young a browser session is, in seconds, that may give its user another way to sign in. */
export const freshSeconds = 3600;

/** The gateway's own Kysely instance, as better-auth takes it. */
type SharedDatabase = Extract<NonNullable<BetterAuthOptions['database']>, { db: unknown }>['db'];

export interface AuthOptions {
  readonly database: SharedDatabase;
  readonly engine: 'sqlite' | 'postgres';
  /** Origin under which people reach the gateway. */
  readonly publicUrl: string;
  readonly secret: Secret;
}

export type BetterAuth = ReturnType<typeof newBetterAuth>;

/**
 * better-auth on the gateway's own tables: passwords, passkeys, device login, browser sessions, and one provider of single
 * sign-on. Nobody signs up by themselves; organizations and roles are the gateway's own (`gateway/members`).
 */
export function newBetterAuth(options: AuthOptions, provider?: GenericOAuthConfig) {
  return betterAuth({
    database: { db: options.database, type: options.engine },
    basePath: authPath,
    baseURL: options.publicUrl,
    secret: options.secret.reveal(),
    trustedOrigins: [options.publicUrl],
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200 },
    user: { modelName: 'auth_user' },
    session: { modelName: 'auth_session', freshAge: freshSeconds },
    account: { modelName: 'auth_account', updateAccountOnSignIn: false },
    databaseHooks: { account: { create: { before: withoutTokens }, update: { before: withoutTokens } } },
    onAPIError: { errorURL: options.publicUrl + refusedPath },
    verification: { modelName: 'auth_verification' },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 100,
      // Anybody may ask for a code, and each is a row.
      customRules: { '/device/code': { window: 60, max: 10 } },
    },
    advanced: {
      cookiePrefix: 'assent',
      // Said aloud, because better-auth leaves both checks out where NODE_ENV is `test`.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      // It must come along when the provider sends the browser back; it signs nobody in by itself.
      cookies: { state: { attributes: { sameSite: 'lax' } } },
      database: { generateId: newId },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [
      deviceAuthorization({
        verificationUri: '/device',
        expiresIn: '10m',
        interval: '2s',
        validateClient: (client) => client === deviceClient,
        schema: { deviceCode: { modelName: 'auth_device_code' } },
      }),
      passkey({
        rpID: new URL(options.publicUrl).hostname,
        rpName: 'Assent',
        origin: options.publicUrl,
        // It stands for a password, on its own: the authenticator must know the person, and find the key without a name.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          afterVerification: ({ verification }) =>
            refuseUnverified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) =>
            refuseUnverified(verification.authenticationInfo.userVerified),
        },
        advanced: { webAuthnChallengeCookie: 'passkey' },
        schema: { passkey: { modelName: 'auth_passkey' } },
      }),
      genericOAuth({ config: provider === undefined ? [] : [provider] }),
      loginByLink,
    ],
  });
}

/** Whoever unlocks a device may hold it in their hand only; a PIN, a finger or a face says that it is theirs. */
function refuseUnverified(userVerified: boolean | undefined): void {
  if (userVerified !== true) throw new APIError('FORBIDDEN', { code: 'USER_NOT_VERIFIED' });
}

/** The provider's tokens have done their work once they say who somebody is: none is kept. */
async function withoutTokens<Account extends object>(account: Account) {
  return { data: { ...account, accessToken: null, refreshToken: null, idToken: null } };
}

/** Opens a browser session for a user whom the gateway has recognised by other means. No path of the server leads here. */
const loginByLink = {
  id: 'assent-login-by-link',
  endpoints: {
    loginUser: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string(), isFresh: z.boolean() }) },
      async (context) => {
        const user = await context.context.internalAdapter.findUserById(context.body.userId);
        if (user === null) throw new TypeError('a login link names a user');
        // A session that began long ago is not fresh (`freshSeconds`).
        const since = context.body.isFresh ? new Date() : new Date(0);
        const session = await context.context.internalAdapter.createSession(
          user.id,
          false,
          { createdAt: since },
          true,
        );
        await setSessionCookie(context, { session, user });
        return context.json({ ok: true });
      },
    ),
  },
};
