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

/** Asks better-auth as the web would. */
export async function askBetterAuth(
  auth: BetterAuth,
  origin: string,
  request: AuthRequest,
): Promise<Response> {
  const client = request.headers.get(clientAddressHeader) ?? '';
  const cookie = request.headers.get('cookie');
  return auth.handler(
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
}

/** The `code` of better-auth's own refusal. */
export async function refusalCode(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null || !('code' in body)) return undefined;
  return typeof body.code === 'string' ? body.code : undefined;
}
