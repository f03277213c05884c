import { findSignInMethods, type SignInMethods } from '../../store/sign-in-methods.ts';
import { findUserByEmail } from '../../store/users.ts';
import type { Gateway } from '../gateway.ts';

/** By what people can sign in to this gateway, as it is configured and reached today. */
export interface AvailableMethods {
  /** Of the single sign-on, where there is one: accounts of another issuer sign nobody in. */
  readonly issuer: string | undefined;
  /** Passkeys belong to a name: a gateway at a bare address takes none. */
  readonly takesPasskeys: boolean;
}

/** How many of a user's sign-in methods work at this gateway. */
export function countSignInMethods(
  methods: SignInMethods,
  { issuer, takesPasskeys }: AvailableMethods,
): number {
  const accounts = issuer === undefined ? [] : connectedAccounts(methods, issuer);
  return (
    Number(methods.password !== undefined) + (takesPasskeys ? methods.passkeys.length : 0) + accounts.length
  );
}

/** Whether a user can sign in by something that is not a one-time link. */
export async function hasSignInMethod(
  gateway: Gateway,
  userId: string,
  here: AvailableMethods,
): Promise<boolean> {
  return countSignInMethods(await findSignInMethods(gateway.store.db, userId), here) > 0;
}

/** A person's password: its grant, and what is stored of it. */
export interface PasswordOf {
  readonly id: string;
  readonly userId: string;
  readonly hash: string;
}

export async function passwordOf(gateway: Gateway, userId: string): Promise<PasswordOf | undefined> {
  const { password } = await findSignInMethods(gateway.store.db, userId);
  return password && { ...password, userId };
}

export async function passwordOfAddress(gateway: Gateway, email: string): Promise<PasswordOf | undefined> {
  const user = await findUserByEmail(gateway.store.db, email.toLowerCase());
  return user && passwordOf(gateway, user.id);
}

/** What accounts of the one OpenID provider are filed under. */
export const oidcProvider = 'oidc';

/**
 * Somebody as a provider knows them. The issuer is a part of it: where the configuration names another provider, nobody is
 * taken for who happened to have the same id with the old one.
 */
export function oidcSubject(issuer: string, subject: string): string {
  return `${issuer} ${subject}`;
}

/** A user's accounts with the provider of this issuer. */
export function connectedAccounts({ accounts }: SignInMethods, issuer: string): SignInMethods['accounts'] {
  return accounts.filter(
    ({ provider, subject }) => provider === oidcProvider && subject.startsWith(oidcSubject(issuer, '')),
  );
}
