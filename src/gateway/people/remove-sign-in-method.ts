import { lockRow } from '../../store/engine/database.ts';
import {
  deleteAccount,
  deletePasskey,
  findSignInMethods,
  type SignInMethods,
} from '../../store/sign-in-methods.ts';
import type { UserCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { type AvailableMethods, connectedAccounts, countSignInMethods } from './sign-in-methods.ts';

type Person = Pick<UserCaller, 'userId'>;

/**
 * Removes the provider from a person's sign-in methods. Throws `not_found` where it is none of them, and `conflict`
 * where it is the last that works.
 */
export async function disconnectSingleSignOn(
  gateway: Gateway,
  { userId }: Person,
  here: AvailableMethods & { readonly issuer: string },
): Promise<void> {
  await gateway.store.write(async (tx) => {
    await lockRow(tx, 'auth_user', userId);
    const methods = await findSignInMethods(tx, userId);
    const connected = connectedAccounts(methods, here.issuer);
    if (connected.length === 0)
      throw new GatewayError('not_found', 'Your account is not connected with single sign-on.');
    const accounts = methods.accounts.filter((one) => !connected.includes(one));
    refuseLast(methods, { ...methods, accounts }, here);
    for (const { id } of connected) await deleteAccount(tx, userId, id);
  });
  gateway.log.info({ userId }, 'single sign-on disconnected');
}

/** Takes one of a person's own passkeys away. Throws as `disconnectSingleSignOn`. */
export async function removePasskey(
  gateway: Gateway,
  { userId }: Person,
  id: string,
  here: AvailableMethods,
): Promise<void> {
  await gateway.store.write(async (tx) => {
    await lockRow(tx, 'auth_user', userId);
    const methods = await findSignInMethods(tx, userId);
    const passkeys = methods.passkeys.filter((one) => one.id !== id);
    if (passkeys.length === methods.passkeys.length)
      throw new GatewayError('not_found', 'You have no such passkey; perhaps it was removed already.');
    refuseLast(methods, { ...methods, passkeys }, here);
    await deletePasskey(tx, userId, id);
  });
  gateway.log.info({ userId, passkeyId: id }, 'passkey removed');
}

/** Who has no way in left could be signed in by a link alone, and a stolen token makes links. */
function refuseLast(before: SignInMethods, after: SignInMethods, here: AvailableMethods): void {
  if (countSignInMethods(after, here) > 0 || countSignInMethods(before, here) === 0) return;
  throw new GatewayError(
    'conflict',
    'This is the only way in which you sign in. Set a password or add a passkey first.',
  );
}
