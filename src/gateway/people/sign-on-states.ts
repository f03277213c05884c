import { randomBytes } from 'node:crypto';
import { sha256 } from '../../lib/hash.ts';
import { Secret } from '../../lib/secret.ts';
import {
  deleteExpiredSignOnStates,
  findSignOnState,
  insertSignOnState,
  takeSignOnState,
} from '../../store/sign-on-states.ts';
import type { SignOnStateRow } from '../../store/tables.ts';
import type { Gateway } from '../gateway.ts';

/** How long a browser may be with the provider of single sign-on, and then before the page that asks whether to connect. */
export const signOnSeconds = 300;

/** What a browser is given to come back with: 256 random bits. */
export const signOnForm = /^[\w-]{43}$/;

/** What a browser has begun with the provider; `next`, a path of this site, is where it goes in the end. */
export type SignOn = {
  readonly next: string;
  /** Whether the provider was told to ask the person anew. */
  readonly asksAgain: boolean;
} & (
  | { readonly purpose: 'sign_in' }
  | { readonly purpose: 'connect' | 'confirm'; readonly by: BrowserOfUser }
);

/** A browser in which somebody is signed in. */
export interface BrowserOfUser {
  readonly userId: string;
  readonly sessionId: string;
}

/** An account with the provider that is connected once the browser that began says so. */
export interface AskedConnection {
  readonly next: string;
  readonly by: BrowserOfUser;
  /** As the provider knows it. */
  readonly subject: string;
  /** What the provider calls the account's address, proven or not. */
  readonly email: string | undefined;
}

/** Keeps what a browser begins, for five minutes. The secret is for that browser alone: only a hash of it is stored. */
export async function keepSignOn(gateway: Gateway, signOn: SignOn): Promise<Secret> {
  const { purpose, next } = signOn;
  const by = purpose === 'sign_in' ? undefined : signOn.by;
  return keep(gateway, { ...nothing, ...sessionOf(by), purpose, next, asks_again: Number(signOn.asksAgain) });
}

/** Uses up what a browser has begun; `elapsedMs` is how long ago. `undefined` where nothing was begun, or it is over. */
export async function useSignOn(
  gateway: Gateway,
  secret: string,
): Promise<{ signOn: SignOn; elapsedMs: number } | undefined> {
  const now = gateway.clock();
  const row = await gateway.store.write((tx) => takeSignOnState(tx, sha256(secret), now));
  const signOn = row && signOnOf(row);
  return signOn && { signOn, elapsedMs: now - row.created_at };
}

/** Keeps what is to be connected, as `keepSignOn` does. */
export async function keepConnection(gateway: Gateway, connection: AskedConnection): Promise<Secret> {
  const { next, by, subject, email = null } = connection;
  return keep(gateway, { ...nothing, ...sessionOf(by), purpose: 'ask', next, subject, email });
}

/** What a browser is asked to connect. `undefined` where that is nothing, over, or was begun by another browser session. */
export async function findConnection(
  gateway: Gateway,
  secret: string,
  by: BrowserOfUser,
): Promise<AskedConnection | undefined> {
  return connectionOf(await findSignOnState(gateway.store.db, sha256(secret), gateway.clock()), by);
}

/** The same, and uses it up. */
export async function useConnection(
  gateway: Gateway,
  secret: string,
  by: BrowserOfUser,
): Promise<AskedConnection | undefined> {
  const now = gateway.clock();
  return connectionOf(await gateway.store.write((tx) => takeSignOnState(tx, sha256(secret), now)), by);
}

type Kept = Omit<SignOnStateRow, 'secret_hash' | 'created_at' | 'expires_at'>;

const nothing = { asks_again: 0, user_id: null, session_id: null, subject: null, email: null };

async function keep(gateway: Gateway, kept: Kept): Promise<Secret> {
  const secret = randomBytes(32).toString('base64url');
  const now = gateway.clock();
  const times = { created_at: now, expires_at: now + signOnSeconds * 1000 };
  await gateway.store.write(async (tx) => {
    await deleteExpiredSignOnStates(tx, now);
    await insertSignOnState(tx, { ...kept, ...times, secret_hash: sha256(secret) });
  });
  return new Secret(secret);
}

function sessionOf(by: BrowserOfUser | undefined): Pick<Kept, 'user_id' | 'session_id'> {
  return { user_id: by?.userId ?? null, session_id: by?.sessionId ?? null };
}

function browserOf({ user_id: userId, session_id: sessionId }: SignOnStateRow): BrowserOfUser | undefined {
  return userId === null || sessionId === null ? undefined : { userId, sessionId };
}

function signOnOf(row: SignOnStateRow): SignOn | undefined {
  const { purpose, next } = row;
  const asked = { next, asksAgain: row.asks_again === 1 };
  if (purpose === 'sign_in') return { ...asked, purpose };
  const by = browserOf(row);
  return purpose === 'ask' || by === undefined ? undefined : { ...asked, purpose, by };
}

function connectionOf(row: SignOnStateRow | undefined, asker: BrowserOfUser): AskedConnection | undefined {
  if (row?.purpose !== 'ask' || row.subject === null) return undefined;
  const by = browserOf(row);
  if (by?.sessionId !== asker.sessionId || by.userId !== asker.userId) return undefined;
  return { next: row.next, by, subject: row.subject, email: row.email ?? undefined };
}
