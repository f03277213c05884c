import { AuthError, type AuthErrorCode } from './auth-error.ts';
import { askBetterAuth } from './auth-request.ts';
import { type BetterAuth, deviceClient } from './better-auth.ts';

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

export function deviceLogin(loaded: () => Promise<BetterAuth>, origin: string): DeviceLogin {
  return {
    start: async (headers) => {
      const auth = await loaded();
      await forgetExpiredCodes(auth);
      const response = await askBetterAuth(auth, origin, {
        path: '/device/code',
        body: { client_id: deviceClient },
        headers,
      });
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
    poll: async (deviceCode) => poll(await loaded(), deviceCode),
    expect: async (userCode, headers) => {
      const auth = await loaded();
      const { status } = await refusing(() =>
        auth.api.deviceVerify({ query: { user_code: userCode }, headers }),
      );
      if (status !== 'pending') throw new AuthError('conflict', 'This code was decided already.');
    },
    decide: async (userCode, approve, headers) => {
      const { api } = await loaded();
      const decide = approve ? api.deviceApprove : api.deviceDeny;
      await refusing(() => decide({ body: { userCode }, headers }));
    },
  };
}

async function forgetExpiredCodes(auth: BetterAuth): Promise<void> {
  const { adapter } = await auth.$context;
  await adapter.deleteMany({
    model: 'deviceCode',
    where: [{ field: 'expiresAt', operator: 'lt', value: new Date() }],
  });
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
