import type { Gateway } from '../../gateway/gateway.ts';
import { becomeFamiliar, familiarForm, familiarSeconds } from '../../gateway/people/familiar.ts';
import type { GuessRuleName } from '../../gateway/people/guess-rules.ts';
import { findPerson } from '../../gateway/people/me.ts';
import { guessing } from '../../gateway/people/sign-in-attempts.ts';
import type { Auth } from './auth.ts';
import { clientNetwork } from './client-network.ts';
import { hostCookie } from './host-cookie.ts';
import type { SignedIn } from './open-session.ts';

/** The same login, in which nobody may try as often as they like (`guess-rules.ts` says what, and how often). */
export function throttled(auth: Auth, gateway: Gateway, publicUrl: string): Auth {
  const { passkeys, singleSignOn } = auth;
  // What a browser shows of an earlier sign-in here with a password.
  const known = { name: 'assent.familiar', sameSite: 'Strict', lifetime: familiarSeconds } as const;
  const cookie = hostCookie(publicUrl, { ...known, form: familiarForm });
  const clientOf = (email: string, headers: Headers) => ({
    account: email.toLowerCase(),
    address: clientNetwork(headers),
    browser: cookie.read(headers),
  });
  const addressOf = async (userId: string) => (await findPerson(gateway, userId)).email;
  const familiar = async (signedIn: SignedIn, email: string, headers: Headers): Promise<SignedIn> => {
    const browser = await becomeFamiliar(gateway, clientOf(email, headers));
    return { ...signedIn, cookies: [...signedIn.cookies, cookie.keep(browser)] };
  };
  const counted = <Result>(rule: GuessRuleName, headers: Headers, work: () => Promise<Result>) =>
    guessing(gateway, rule, { address: clientNetwork(headers) }, work);
  return {
    ...auth,
    signIn: async (who, headers) => {
      const signedIn = await auth.signIn(who, headers);
      // Who has just set a first password is known here from now on.
      return who.method === 'password' ? familiar(signedIn, await addressOf(who.userId), headers) : signedIn;
    },
    signInWithPassword: async (email, password, headers) => {
      const signedIn = await guessing(gateway, 'password', clientOf(email, headers), () =>
        auth.signInWithPassword(email, password, headers),
      );
      return familiar(signedIn, email, headers);
    },
    checkPassword: async (userId, password) =>
      guessing(gateway, 'currentPassword', { user: userId }, () => auth.checkPassword(userId, password)),
    setPassword: async (session, passwords, headers) => {
      const { userId } = session;
      const set = () => auth.setPassword(session, passwords, headers);
      // A first password is no guess.
      const isGuess = passwords.current !== undefined;
      const signedIn = await (isGuess ? guessing(gateway, 'currentPassword', { user: userId }, set) : set());
      return familiar(signedIn, await addressOf(userId), headers);
    },
    passkeys: {
      beginToAdd: async (request) =>
        counted('beginning', request.headers, () => passkeys.beginToAdd(request)),
      add: async (session, request) =>
        counted('passkey', request.headers, () => passkeys.add(session, request)),
      beginToUse: async (request) =>
        counted('beginning', request.headers, () => passkeys.beginToUse(request)),
      signIn: async (request, id) => counted('passkey', request.headers, () => passkeys.signIn(request, id)),
      confirm: async (session, request, id) =>
        counted('passkey', request.headers, () => passkeys.confirm(session, request, id)),
    },
    singleSignOn: singleSignOn && {
      ...singleSignOn,
      begin: async (next, headers, how) =>
        counted('beginning', headers, () => singleSignOn.begin(next, headers, how)),
      connect: async (next, headers, how) =>
        counted('beginning', headers, () => singleSignOn.connect(next, headers, how)),
      confirm: async (next, headers) =>
        counted('beginning', headers, () => singleSignOn.confirm(next, headers)),
    },
  };
}
