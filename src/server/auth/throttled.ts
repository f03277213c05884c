import type { Gateway } from '../../gateway/gateway.ts';
import { emailOf } from '../../gateway/people/accounts.ts';
import { becomeFamiliar } from '../../gateway/people/familiar.ts';
import { guessing } from '../../gateway/people/sign-in-attempts.ts';
import type { Auth } from './auth.ts';
import { clientNetwork } from './client-network.ts';
import { familiarBrowser, familiarCookie } from './familiar-cookie.ts';
import type { Departure, SingleSignOn } from './single-sign-on.ts';

/** The same login, in which nobody may try as often as they like (`guess-rules.ts` says what, and how often). */
export function throttled(auth: Auth, gateway: Gateway, publicUrl: string): Auth {
  const { device, singleSignOn } = auth;
  const clientOf = (email: string, headers: Headers) => ({
    account: email.toLowerCase(),
    address: clientNetwork(headers),
    browser: familiarBrowser(headers, publicUrl),
  });
  const remember = async (email: string, headers: Headers) =>
    familiarCookie(await becomeFamiliar(gateway, clientOf(email, headers)), publicUrl);
  const userOf = async (headers: Headers) => (await auth.browserSession(headers))?.userId;
  return {
    ...auth,
    logInWithPassword: async (email, password, headers) => {
      const { userId, cookies } = await guessing(gateway, 'password', clientOf(email, headers), () =>
        auth.logInWithPassword(email, password, headers),
      );
      return { userId, cookies: [...cookies, await remember(email, headers)] };
    },
    setPassword: async (passwords, headers) => {
      const user = await userOf(headers);
      const set = () => auth.setPassword(passwords, headers);
      // A first password is no guess.
      const isGuess = passwords.current !== undefined;
      const cookies = await (isGuess ? guessing(gateway, 'currentPassword', { user }, set) : set());
      const email = user && (await emailOf(gateway, user));
      return email === undefined ? cookies : [...cookies, await remember(email, headers)];
    },
    device: {
      ...device,
      start: async (headers) =>
        guessing(gateway, 'deviceCode', { address: clientNetwork(headers) }, () => device.start(headers)),
      expect: async (userCode, headers) => {
        const tried = { user: await userOf(headers), address: clientNetwork(headers) };
        return guessing(gateway, 'userCode', tried, () => device.expect(userCode, headers));
      },
    },
    singleSignOn: singleSignOn && throttledSignOn(singleSignOn, gateway),
  };
}

function throttledSignOn(signOn: SingleSignOn, gateway: Gateway): SingleSignOn {
  const counted = (headers: Headers, work: () => Promise<Departure>) =>
    guessing(gateway, 'beginning', { address: clientNetwork(headers) }, work);
  return {
    ...signOn,
    begin: async (next, headers) => counted(headers, () => signOn.begin(next, headers)),
    connect: async (next, headers) => counted(headers, () => signOn.connect(next, headers)),
  };
}
