import { newId } from '../../lib/ids.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import { findAccountOwner, insertAccount } from '../../store/provider-accounts.ts';
import { findSignInMethods } from '../../store/sign-in-methods.ts';
import { findUserByEmail } from '../../store/users.ts';
import type { Gateway } from '../gateway.ts';
import { connectedAccounts, oidcProvider, oidcSubject } from './sign-in-methods.ts';

/** An account with the provider of single sign-on: whom the provider says that somebody is. */
export interface ProviderAccount {
  /** As the configuration has it. */
  readonly issuer: string;
  /** The `sub`, which is theirs for ever. */
  readonly subject: string;
}

/**
 * Why an account cannot be connected: it is `taken` by another user, or would be this user's `second` one with its provider. Providers
 * give addresses out again: the same address under another `sub` may be somebody else's by now.
 */
export type NotConnected = 'taken' | 'second';

/** What an account is to a user: theirs, to be had, or neither. */
export type Standing = 'connected' | 'free' | NotConnected;

/**
 * Who signs in with an account: its owner, or else whoever joined under the address that the provider has proven, who is connected
 * with it from then on. Nobody signs up by it: everybody else is a `stranger`.
 */
export async function ownerByAccount(
  gateway: Gateway,
  account: ProviderAccount,
  provenAddress: () => Promise<string | undefined>,
): Promise<{ readonly userId: string } | { readonly refused: NotConnected | 'stranger' }> {
  const owner = await ownerOf(gateway.store.db, account);
  if (owner !== undefined) return { userId: owner };
  const address = await provenAddress();
  return gateway.store.write(async (tx) => {
    const user = address === undefined ? undefined : await findUserByEmail(tx, address.toLowerCase());
    // The first owner's address is made up: no provider can vouch for it.
    if (user === undefined || !user.emailVerified) return { refused: 'stranger' };
    const standing = await connectIn(tx, user.id, account, gateway.clock());
    return standing === 'connected' ? { userId: user.id } : { refused: standing };
  });
}

/** Connects an account with a user, who signs in with it from then on, where that may be. */
export async function connectAccount(
  gateway: Gateway,
  userId: string,
  account: ProviderAccount,
): Promise<'connected' | NotConnected> {
  const standing = await gateway.store.write((tx) => connectIn(tx, userId, account, gateway.clock()));
  if (standing === 'connected') gateway.log.info({ userId }, 'single sign-on connected');
  return standing;
}

/** What an account is to a user at present. */
export async function standingOf(
  gateway: Gateway,
  userId: string,
  account: ProviderAccount,
): Promise<Standing> {
  return standingIn(gateway.store.db, userId, account);
}

/** Whether a user has connected an account of a provider. */
export async function isConnected(gateway: Gateway, userId: string, issuer: string): Promise<boolean> {
  return isConnectedIn(gateway.store.db, userId, issuer);
}

async function connectIn(
  tx: Database,
  userId: string,
  account: ProviderAccount,
  now: number,
): Promise<'connected' | NotConnected> {
  // Of two accounts that are connected with one user at once, the later sees the earlier.
  await lockRow(tx, 'auth_user', userId);
  const standing = await standingIn(tx, userId, account);
  if (standing !== 'free') return standing;
  const subject = subjectOf(account);
  const isNew = await insertAccount(tx, { id: newId(), userId, provider: oidcProvider, subject }, now);
  return isNew ? 'connected' : 'taken';
}

async function standingIn(db: Database, userId: string, account: ProviderAccount): Promise<Standing> {
  const owner = await ownerOf(db, account);
  if (owner !== undefined) return owner === userId ? 'connected' : 'taken';
  return (await isConnectedIn(db, userId, account.issuer)) ? 'second' : 'free';
}

async function isConnectedIn(db: Database, userId: string, issuer: string): Promise<boolean> {
  return connectedAccounts(await findSignInMethods(db, userId), issuer).length > 0;
}

async function ownerOf(db: Database, account: ProviderAccount): Promise<string | undefined> {
  return findAccountOwner(db, oidcProvider, subjectOf(account));
}

function subjectOf({ issuer, subject }: ProviderAccount): string {
  return oidcSubject(issuer, subject);
}
