import { newId } from '../../lib/ids.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import { liveGrantIds } from '../../store/grants.ts';
import { findAccountOwner, insertAccount } from '../../store/provider-accounts.ts';
import { findSignInMethods } from '../../store/sign-in-methods.ts';
import { findUserByEmail, setAddressProven } from '../../store/users.ts';
import type { Gateway } from '../gateway.ts';
import { firstOwnersAddress } from './bootstrap.ts';
import { addGrant, ending } from './grants.ts';
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
): Promise<Owner | { readonly refused: NotConnected | 'stranger' }> {
  const owner = await ownerOf(gateway.store.db, account);
  if (owner !== undefined) return owner;
  const address = (await provenAddress())?.toLowerCase();
  // The first owner's address is made up: no provider can vouch for it.
  if (address === undefined || address === firstOwnersAddress) return { refused: 'stranger' };
  const why = 'a provider has proven whose the address of the person is who opened the session';
  return ending(gateway, { by: '', why }, async (tx, { takeAway }) => {
    const user = await findUserByEmail(tx, address);
    if (user === undefined) return { refused: 'stranger' };
    const connected = await connectIn(tx, { userId: user.id, sessionId: null }, account, gateway.clock());
    if (typeof connected === 'string') return { refused: connected };
    if (user.emailVerified) return connected;
    // Until now whoever was invited under the address could set ways to sign in, whosever it is.
    const all = await liveGrantIds(tx, user.id);
    await takeAway(all.filter((id) => id !== connected.accountId));
    await setAddressProven(tx, user.id, gateway.clock());
    return connected;
  });
}

/** Whose an account is, and its grant. */
export interface Owner {
  readonly userId: string;
  readonly accountId: string;
}

/** A person, and the session in which they connect an account; `null` where the provider itself does by proving an address. */
type Connecting = { readonly userId: string; readonly sessionId: string | null };

/** Connects an account with a user, who signs in with it from then on, where that may be. Throws `expired` where the session has ended. */
export async function connectAccount(
  gateway: Gateway,
  by: Connecting,
  account: ProviderAccount,
): Promise<'connected' | NotConnected> {
  const connected = await gateway.store.write((tx) => connectIn(tx, by, account, gateway.clock()));
  if (typeof connected === 'string') return connected;
  gateway.log.info({ userId: by.userId }, 'single sign-on connected');
  return 'connected';
}

/** What an account is to a user at present. */
export async function standingOf(
  gateway: Gateway,
  userId: string,
  account: ProviderAccount,
): Promise<Standing> {
  const { db } = gateway.store;
  const owner = await ownerOf(db, account);
  if (owner !== undefined) return owner.userId === userId ? 'connected' : 'taken';
  return (await isConnectedIn(db, userId, account.issuer)) ? 'second' : 'free';
}

/** Whether a user has connected an account of a provider. */
export async function isConnected(gateway: Gateway, userId: string, issuer: string): Promise<boolean> {
  return isConnectedIn(gateway.store.db, userId, issuer);
}

async function connectIn(
  tx: Database,
  { userId, sessionId }: Connecting,
  account: ProviderAccount,
  now: number,
): Promise<Owner | NotConnected> {
  // Of two accounts that are connected with one user at once, the later sees the earlier.
  await lockRow(tx, 'auth_user', userId);
  const owner = await ownerOf(tx, account);
  if (owner !== undefined) return owner.userId === userId ? owner : 'taken';
  if (await isConnectedIn(tx, userId, account.issuer)) return 'second';
  const id = newId();
  const subject = subjectOf(account);
  if (!(await insertAccount(tx, { id, userId, provider: oidcProvider, subject }, now))) return 'taken';
  await addGrant(tx, { id, kind: 'provider_account', user_id: userId, parentId: sessionId }, now);
  return { userId, accountId: id };
}

async function isConnectedIn(db: Database, userId: string, issuer: string): Promise<boolean> {
  return connectedAccounts(await findSignInMethods(db, userId), issuer).length > 0;
}

async function ownerOf(db: Database, account: ProviderAccount): Promise<Owner | undefined> {
  return findAccountOwner(db, oidcProvider, subjectOf(account));
}

function subjectOf({ issuer, subject }: ProviderAccount): string {
  return oidcSubject(issuer, subject);
}
