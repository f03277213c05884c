import type { Grant, GrantKind, SignInMethod } from '../../../src/contract/ways-in.ts';
import { visibleName } from '../../../src/shared/look-alikes.ts';
import { browserName } from './browser-name.ts';

interface KindWords {
  /** Before its name, and alone where it has none. */
  readonly noun: string;
  readonly unnamed: string;
  /** What the button says that ends it, and what is said once it has. */
  readonly verb: string;
  readonly done: string;
  /** What becomes of it when it ends. */
  readonly end: string;
}

/** How people speak of each kind of right. */
export const kindWords: Readonly<Record<GrantKind, KindWords>> = {
  password: {
    noun: 'the password',
    unnamed: 'your password',
    verb: 'Remove',
    done: 'Removed',
    end: 'It signs nobody in from then on.',
  },
  passkey: {
    noun: 'the passkey',
    unnamed: 'a passkey without a name',
    verb: 'Delete',
    done: 'Deleted',
    end: 'It signs nobody in from then on. The device may still offer it; remove it there too.',
  },
  provider_account: {
    noun: 'the account of',
    unnamed: 'an account of a single sign-on',
    verb: 'Disconnect',
    done: 'Disconnected',
    end: 'You sign in another way from then on. Where your e-mail address is verified with the provider, its sign-in may still let you in by that.',
  },
  browser_session: {
    noun: 'the browser',
    unnamed: 'a browser',
    verb: 'Sign out',
    done: 'Signed out',
    end: 'It is signed out at once.',
  },
  login_link: {
    noun: 'the link',
    unnamed: 'a link that signs a browser in',
    verb: 'Withdraw',
    done: 'Withdrew',
    end: 'It signs no browser in from then on.',
  },
  device_code: {
    noun: 'the command line',
    unnamed: 'a command line that was let in, and has not taken its token yet',
    verb: 'Refuse',
    done: 'Refused',
    end: 'It gets no token.',
  },
  user_token: {
    noun: 'the token',
    unnamed: 'a token',
    verb: 'Revoke',
    done: 'Revoked',
    end: 'Whatever uses it is refused from then on. This cannot be taken back; a new token can be created.',
  },
  agent_session: {
    noun: 'the agent’s session',
    unnamed: 'an agent’s session without a name',
    verb: 'Revoke',
    done: 'Revoked',
    end: 'Its agent is refused from then on, and what it has waiting is denied.',
  },
  invitation: {
    noun: 'the invitation of',
    unnamed: 'an invitation',
    verb: 'Take back',
    done: 'Took back',
    end: 'The link that was made for it lets nobody in from then on.',
  },
};

/** What a right goes by among others of its kind; `provider` is the name of the single sign-on here. */
export function nameOf({ kind, name, userAgent }: Grant, provider: string | undefined): string | undefined {
  if (kind === 'browser_session') return browserName(userAgent);
  if (kind === 'provider_account') return provider;
  return name ?? undefined;
}

/** The same for a row among its kind, a button, a dialog. */
export function titleOf(grant: Grant, provider: string | undefined): string {
  return nameOf(grant, provider) ?? kindWords[grant.kind].unnamed;
}

/** By what a browser was signed in; `provider` is the name of the single sign-on here. */
export const methodWords: Readonly<Record<SignInMethod, (provider: string | undefined) => string>> = {
  password: () => 'by your password',
  passkey: () => 'by a passkey',
  single_sign_on: (provider) => `by ${provider === undefined ? 'single sign-on' : visibleName(provider)}`,
  link: () => 'by a one-time link',
  recovery: () => 'by a recovery link',
};
