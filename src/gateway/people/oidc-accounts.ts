import type { SignInMethods } from '../../store/sign-in-methods.ts';

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
