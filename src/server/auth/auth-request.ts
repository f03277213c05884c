import { AuthError } from './auth-error.ts';
import { authPath, type BetterAuth, clientAddressHeader } from './better-auth.ts';

/** A request to better-auth as if it had come from the web. */
interface AuthRequest {
  readonly path: string;
  readonly body: object;
  /** Of the request that this is done for. */
  readonly headers: Headers;
  /** Whether the browser's session goes with it. */
  readonly withSession?: boolean;
}

/** Asks better-auth as the web would, so that it counts the tries of each client's address. Throws `rate_limited`. */
export async function askBetterAuth(
  auth: BetterAuth,
  origin: string,
  request: AuthRequest,
): Promise<Response> {
  const client = request.headers.get(clientAddressHeader) ?? '';
  const cookie = request.headers.get('cookie');
  const response = await auth.handler(
    new Request(origin + authPath + request.path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin,
        [clientAddressHeader]: client,
        ...(request.withSession === true && cookie !== null && { cookie }),
      },
      body: JSON.stringify(request.body),
    }),
  );
  refuseTooMany(response);
  return response;
}

/** Throws `rate_limited`. */
export function refuseTooMany(response: Response): void {
  if (response.status === 429)
    throw new AuthError('rate_limited', 'Too many tries. Wait a minute, then try again.');
}

/** The `code` of better-auth's own refusal. */
export async function refusalCode(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || !('code' in body)) return undefined;
  return typeof body.code === 'string' ? body.code : undefined;
}
