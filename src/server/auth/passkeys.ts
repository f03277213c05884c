import type { Gateway } from '../../gateway/gateway.ts';
import { type BrowserSession, confirmBrowserSession } from '../../gateway/people/browser-sessions.ts';
import { enterPasskey, passkeyOfCredential } from '../../gateway/people/passkeys.ts';
import { AuthError } from './auth-error.ts';
import type { BetterAuth } from './better-auth.ts';
import { openSession, type SignedIn } from './open-session.ts';
import { refusePasskey } from './passkey-refusals.ts';

/** What goes out to the browser: JSON for its script, and cookies (a challenge, or its end). */
export interface PasskeyOptions {
  readonly options: unknown;
  readonly cookies: string[];
}

/**
 * The ceremonies of WebAuthn, each in two requests: a challenge, and the answer that the person's device signs. All throw the
 * refusals of `passkey-refusals.ts`.
 */
export interface PasskeyCeremonies {
  /** The challenge for a new passkey, for a person who has shown who they are. */
  readonly beginToAdd: (request: Request) => Promise<PasskeyOptions>;
  /** Takes a new passkey of a browser's person: the cookies that end the challenge. Throws `expired` where its session has ended. */
  readonly add: (session: BrowserSession, request: Request) => Promise<string[]>;
  /** The challenge for a passkey that is there. */
  readonly beginToUse: (request: Request) => Promise<PasskeyOptions>;
  /** Signs a browser in. `credentialId` is the device's name for the passkey. */
  readonly signIn: (request: Request, credentialId: string) => Promise<SignedIn>;
  /** Takes a passkey as a sign that a browser's person is who they are: the cookies that end the challenge. */
  readonly confirm: (session: BrowserSession, request: Request, credentialId: string) => Promise<string[]>;
}

export function passkeyCeremonies(loaded: () => Promise<BetterAuth>, gateway: Gateway): PasskeyCeremonies {
  const ask = async (request: Request): Promise<Response> => {
    const response = await (await loaded()).handler(request);
    return response.ok ? response : refusePasskey(response);
  };
  const options = async (request: Request): Promise<PasskeyOptions> => {
    const response = await ask(request);
    return { options: await response.json(), cookies: response.headers.getSetCookie() };
  };
  const use = async (request: Request, credentialId: string) => {
    const response = await ask(request);
    await forget(await loaded(), response.clone());
    const passkey = await passkeyOfCredential(gateway, credentialId);
    // It was removed while it was looked at.
    if (passkey === undefined) throw new AuthError('not_found', 'This passkey is not known here any more.');
    return { passkey, cookies: response.headers.getSetCookie() };
  };
  return {
    beginToAdd: options,
    add: async (session, request) => {
      const response = await ask(request);
      // The shape of better-auth's own answer: the passkey that it has stored.
      const { id } = (await response.json()) as { id: string };
      await enterPasskey(gateway, session, id);
      return response.headers.getSetCookie();
    },
    beginToUse: options,
    signIn: async (request, credentialId) => {
      const { passkey } = await use(request, credentialId);
      const who = { userId: passkey.userId, cameBy: passkey.id, method: 'passkey', isProven: true } as const;
      return openSession(await loaded(), gateway, who, request.headers);
    },
    confirm: async (session, request, credentialId) => {
      const { passkey, cookies } = await use(request, credentialId);
      if (passkey.userId !== session.userId)
        throw new AuthError('forbidden', 'This is the passkey of another account. Choose one of yours.');
      await confirmBrowserSession(gateway, session.id);
      return cookies.filter((one) => !isSession(one));
    },
  };
}

/** better-auth opens a session of its own for every passkey that it takes; ours begin in `openSession` alone. */
async function forget(auth: BetterAuth, response: Response): Promise<void> {
  // The shape of better-auth's own answer.
  const { session } = (await response.json()) as { session: { token: string } };
  await (await auth.$context).internalAdapter.deleteSession(session.token);
}

/** Whether a `Set-Cookie` header is that of a browser's session. */
function isSession(cookie: string): boolean {
  return /^[^=]*session/.test(cookie);
}
