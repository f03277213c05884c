import { deleteAccount, findSignInMethods, type SignInMethods } from '../store/sign-in-methods.ts';
import type { UserCaller } from './callers.ts';
import { GatewayError } from './errors.ts';
import type { Gateway } from './gateway.ts';

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

/**
 * Takes the provider from the ways in which a person signs in. Throws `not_found` where it is none of them, and `conflict`
 * where it is the last.
 */
export async function disconnectSingleSignOn(
  gateway: Gateway,
  { userId }: UserCaller,
  issuer: string,
): Promise<void> {
  await gateway.store.write(async (tx) => {
    const methods = await findSignInMethods(tx, userId);
    const connected = connectedAccounts(methods, issuer);
    if (connected.length === 0)
      throw new GatewayError('not_found', 'Your account is not connected with single sign-on.');
    if (!methods.hasPassword && methods.passkeys.length === 0) {
      throw new GatewayError(
        'conflict',
        'This is the only way in which you sign in. Set a password or add a passkey first.',
      );
    }
    for (const { id } of connected) await deleteAccount(tx, userId, id);
  });
  gateway.log.info({ userId }, 'single sign-on disconnected');
}
