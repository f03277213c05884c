import { AssentError } from '../../lib/errors.ts';
import {
  type AuthOptions,
  authPath,
  type BetterAuth,
  clientAddressHeader,
  deviceClient,
  newBetterAuth,
} from './better-auth.ts';

export type AuthErrorCode =
  | 'unauthenticated'
  | 'rate_limited'
  | 'conflict'
  | 'expired'
  | 'denied'
  | 'invalid_request';

/** A refusal by the login. */
export class AuthError extends AssentError<AuthErrorCode> {}

/** Logging people in, as the server's routes and pages need it. */
export interface Auth {
  /** better-auth's own endpoints; the route decides which are open. */
  handle(request: Request): Promise<Response>;
  /** The user of a browser session's cookie. */
  signedInUser(headers: Headers): Promise<string | undefined>;
  /** Opens a browser session: the `Set-Cookie` headers. */
  logIn(userId: string): Promise<string[]>;
  /** The same for an address and its password. Throws `unauthenticated`, and `rate_limited` for who guesses. */
  logInWithPassword(
    email: string,
    password: string,
    headers: Headers,
  ): Promise<{ userId: string; cookies: string[] }>;
  /** A new user. Throws `invalid_request` for a password that is too short or too long. */
  createUser(user: {
    readonly email: string;
    readonly name: string;
    readonly password: string;
  }): Promise<string>;
  readonly device: DeviceLogin;
}

/** OAuth 2.0 device authorization (RFC 8628). */
export interface DeviceLogin {
  /** Throws `rate_limited`. */
  start(headers: Headers): Promise<DeviceCode>;
  /** Throws `expired`, `denied`, `invalid_request`. */
  poll(
    deviceCode: string,
  ): Promise<{ status: 'pending' | 'slow_down' } | { status: 'approved'; userId: string }>;
  /** Throws `expired` or `invalid_request` where no such code waits. */
  expect(userCode: string, headers: Headers): Promise<void>;
  decide(userCode: string, approve: boolean, headers: Headers): Promise<void>;
}

export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string;
  /** Seconds, both. */
  readonly expiresIn: number;
  readonly interval: number;
}

export function newAuth(options: AuthOptions): Auth {
  const auth = newBetterAuth(options);
  return {
    handle: (request) => auth.handler(request),
    signedInUser: async (headers) => (await auth.api.getSession({ headers }))?.user.id,
    logIn: async (userId) => cookiesOf(await auth.api.loginUser({ body: { userId }, asResponse: true })),
    logInWithPassword: (email, password, headers) =>
      logInWithPassword(auth, options.publicUrl, email, password, headers),
    createUser: (user) => createUser(auth, user),
    device: deviceLogin(auth, options.publicUrl),
  };
}

async function logInWithPassword(
  auth: BetterAuth,
  origin: string,
  email: string,
  password: string,
  headers: Headers,
): Promise<{ userId: string; cookies: string[] }> {
  const response = await throughDoor(auth, origin, '/sign-in/email', { email, password }, headers);
  if (!response.ok) throw new AuthError('unauthenticated', 'This address and password do not go together.');
  // The shape of better-auth's own answer to a successful sign-in.
  const { user } = (await response.json()) as { user: { id: string } };
  return { userId: user.id, cookies: cookiesOf(response) };
}

/** Through better-auth's own door, where it counts the tries of each client's address. Throws `rate_limited`. */
async function throughDoor(
  auth: BetterAuth,
  origin: string,
  path: string,
  body: object,
  headers: Headers,
): Promise<Response> {
  const client = headers.get(clientAddressHeader) ?? '';
  const response = await auth.handler(
    new Request(origin + authPath + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, [clientAddressHeader]: client },
      body: JSON.stringify(body),
    }),
  );
  if (response.status === 429)
    throw new AuthError('rate_limited', 'Too many tries. Wait a minute, then try again.');
  return response;
}

async function createUser(
  auth: BetterAuth,
  user: { readonly email: string; readonly name: string; readonly password: string },
): Promise<string> {
  const context = await auth.$context;
  const { minPasswordLength, maxPasswordLength } = context.password.config;
  if (user.password.length < minPasswordLength || user.password.length > maxPasswordLength) {
    throw new AuthError(
      'invalid_request',
      `A password has ${minPasswordLength} to ${maxPasswordLength} characters.`,
    );
  }
  const { id } = await context.internalAdapter.createUser(
    { email: user.email, name: user.name, emailVerified: true },
    { method: 'email-password' },
  );
  const password = await context.password.hash(user.password);
  await context.internalAdapter.linkAccount({
    userId: id,
    providerId: 'credential',
    accountId: id,
    password,
  });
  return id;
}

async function forgetExpiredCodes(auth: BetterAuth): Promise<void> {
  const { adapter } = await auth.$context;
  await adapter.deleteMany({
    model: 'deviceCode',
    where: [{ field: 'expiresAt', operator: 'lt', value: new Date() }],
  });
}

function deviceLogin(auth: BetterAuth, origin: string): DeviceLogin {
  return {
    start: async (headers) => {
      await forgetExpiredCodes(auth);
      const response = await throughDoor(auth, origin, '/device/code', { client_id: deviceClient }, headers);
      // The shape of RFC 8628, section 3.2.
      const code = (await response.json()) as Awaited<ReturnType<BetterAuth['api']['deviceCode']>>;
      return {
        deviceCode: code.device_code,
        userCode: code.user_code,
        verificationUri: code.verification_uri,
        verificationUriComplete: code.verification_uri_complete,
        expiresIn: code.expires_in,
        interval: code.interval,
      };
    },
    poll: (deviceCode) => poll(auth, deviceCode),
    expect: async (userCode, headers) => {
      const { status } = await refusing(() =>
        auth.api.deviceVerify({ query: { user_code: userCode }, headers }),
      );
      if (status !== 'pending') throw new AuthError('conflict', 'This code was decided already.');
    },
    decide: async (userCode, approve, headers) => {
      const decide = approve ? auth.api.deviceApprove : auth.api.deviceDeny;
      await refusing(() => decide({ body: { userCode }, headers }));
    },
  };
}

/** The browser session that better-auth opens for a device ends at once: the device gets a user token instead. */
async function poll(auth: BetterAuth, deviceCode: string): Promise<Awaited<ReturnType<DeviceLogin['poll']>>> {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  try {
    const { access_token } = await auth.api.deviceToken({
      body: { grant_type: grant, device_code: deviceCode, client_id: deviceClient },
    });
    const { internalAdapter } = await auth.$context;
    const found = await internalAdapter.findSession(access_token);
    await internalAdapter.deleteSession(access_token);
    if (found === null)
      throw new AuthError('expired', 'The login was approved and ended at once. Start it again.');
    return { status: 'approved', userId: found.user.id };
  } catch (error) {
    const status = waiting.get(oauthError(error) ?? '');
    if (status !== undefined) return { status };
    throw refusalOf(error);
  }
}

const waiting: ReadonlyMap<string, 'pending' | 'slow_down'> = new Map([
  ['authorization_pending', 'pending'],
  ['slow_down', 'slow_down'],
] as const);

const refusals: Readonly<Record<string, readonly [AuthErrorCode, string]>> = {
  access_denied: ['denied', 'The login was denied in the browser.'],
  expired_token: ['expired', 'The code has expired. Start the login again.'],
  invalid_grant: ['invalid_request', 'There is no such device code. Start the login again.'],
  invalid_request: ['invalid_request', 'There is no such code. Check it, or start the login again.'],
};

async function refusing<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error);
  }
}

function refusalOf(error: unknown): unknown {
  const refusal = refusals[oauthError(error) ?? ''];
  return refusal === undefined ? error : new AuthError(refusal[0], refusal[1]);
}

/** The `error` of an OAuth error body, as better-auth throws it. */
function oauthError(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('body' in error)) return undefined;
  const { body } = error;
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  return typeof body.error === 'string' ? body.error : undefined;
}

function cookiesOf(response: Response): string[] {
  return response.headers.getSetCookie();
}
