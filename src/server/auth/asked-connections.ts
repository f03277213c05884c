import { connectAccount, type NotConnected } from '../../gateway/people/provider-accounts.ts';
import {
  type AskedConnection,
  findConnection,
  keepConnection,
  signOnForm,
  signOnSeconds,
  useConnection,
} from '../../gateway/people/sign-on-states.ts';
import { AuthError } from './auth-error.ts';
import { hostCookie } from './host-cookie.ts';
import { type SignOnParts, signedIn } from './sign-on-parts.ts';

/**
 * Accounts that wait to be connected, each for a press by the person whose it is to be. A page on another port of this host can plant
 * cookies, and so have a browser come back for somebody else: an account is connected by the browser that came back with it (the
 * cookie), while it is signed in as the one who began (the session), after a page has named both.
 */
export interface AskedConnections {
  /** Has a browser asked: the `Set-Cookie` headers that it is recognised by. */
  ask(connection: AskedConnection): Promise<string[]>;
  /** What this browser is asked to connect. Throws `forbidden` where it is signed out, and `expired`. */
  find(headers: Headers): Promise<AskedConnection>;
  /** Connects it; once, however often it is asked. Throws as `find`. */
  connect(headers: Headers): Promise<Connected>;
}

export type Connected = { readonly cookies: string[] } & (
  | { readonly next: string }
  | { readonly refused: NotConnected }
);

export function askedConnections({ gateway, publicUrl, provider, session }: SignOnParts): AskedConnections {
  const kind = { name: 'assent.connection', sameSite: 'Strict', lifetime: signOnSeconds } as const;
  const cookie = hostCookie(publicUrl, { ...kind, form: signOnForm });
  const look = async (headers: Headers, lookUp: typeof findConnection) => {
    const present = await session(headers);
    if (present === undefined) throw new AuthError('forbidden', ended);
    const secret = cookie.read(headers);
    const found = secret === undefined ? undefined : await lookUp(gateway, secret, signedIn(present));
    if (found === undefined) throw new AuthError('expired', over);
    return found;
  };
  return {
    ask: async (connection) => [cookie.keep((await keepConnection(gateway, connection)).reveal())],
    find: async (headers) => look(headers, findConnection),
    connect: async (headers) => {
      const { by, subject, next } = await look(headers, useConnection);
      const standing = await connectAccount(gateway, by, { issuer: provider.issuer, subject });
      const cookies = [cookie.forget()];
      return standing === 'connected' ? { next, cookies } : { refused: standing, cookies };
    },
  };
}

const ended =
  'You were signed out meanwhile, so that nothing was connected. Sign in, and begin again in the settings.';
const over =
  'Nothing was connected. This was begun in another browser or by somebody else, was done already, or waited for longer than five minutes. Begin again in the settings.';
