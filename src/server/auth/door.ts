import { AuthError } from './auth-error.ts';
import { authPath, type BetterAuth, clientAddressHeader } from './better-auth.ts';

/** A request to better-auth as if it had come from the web. */
interface Knock {
  readonly path: string;
  readonly body: object;
  /** Of the request on whose behalf this is done. */
  readonly headers: Headers;
  /** Whether the browser's session goes with it. */
  readonly withSession?: boolean;
}

/** Through better-auth's own door, where it counts the tries of each client's address. Throws `rate_limited`. */
export async function throughDoor(auth: BetterAuth, origin: string, knock: Knock): Promise<Response> {
  const client = knock.headers.get(clientAddressHeader) ?? '';
  const cookie = knock.headers.get('cookie');
  const response = await auth.handler(
    new Request(origin + authPath + knock.path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin,
        [clientAddressHeader]: client,
        ...(knock.withSession === true && cookie !== null && { cookie }),
      },
      body: JSON.stringify(knock.body),
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
