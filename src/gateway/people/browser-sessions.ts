import { randomBytes } from 'node:crypto';
import type { SignInMethod } from '../../contract/ways-in.ts';
import { equalInConstantTime, sha256 } from '../../lib/hash.ts';
import { Secret } from '../../lib/secret.ts';
import { findGrant, setProvenAt } from '../../store/grants.ts';
import type { Gateway } from '../gateway.ts';
import { addGrant, ending, isLive } from './grants.ts';

/** How long a browser stays signed in at the most, used or not, in seconds. */
export const browserSessionSeconds = 7 * 24 * 3600;
/** For how long, in seconds, a browser whose person has shown who they are may give itself and others further ways in. */
export const provenSeconds = 600;

/** Somebody who has just signed in by something, and the browser that they sit at. */
export interface Arriving {
  readonly userId: string;
  /** The grant that they came by: a password, a passkey, an account with a provider; the link's, where it was a link. */
  readonly cameBy: string | null;
  readonly method: SignInMethod;
  /** Whether they have shown who they are: a link alone shows it only where its person has nothing else. */
  readonly isProven: boolean;
  readonly address: string;
  readonly userAgent: string;
}

/**
 * Enters a browser's session in the ledger. The secret is for the pages of this origin alone: a cookie goes to every port of the
 * host. Throws `expired` where what they came by has ended.
 */
export async function enterBrowserSession(gateway: Gateway, id: string, arriving: Arriving): Promise<Secret> {
  const now = gateway.clock();
  const secret = randomBytes(32).toString('base64url');
  const { userId, cameBy, method, isProven, address, userAgent } = arriving;
  await gateway.store.write((tx) =>
    addGrant(
      tx,
      {
        id,
        kind: 'browser_session',
        user_id: userId,
        parentId: cameBy,
        expiresAt: now + browserSessionSeconds * 1000,
        browser: {
          method,
          address,
          user_agent: userAgent.slice(0, longestUserAgent),
          proven_at: isProven ? now : null,
          secret_hash: sha256(secret),
        },
      },
      now,
    ),
  );
  return new Secret(secret);
}

/** Characters of what a browser, or a command line, calls itself: the rest is not kept. */
export const longestUserAgent = 300;

/** A browser in which somebody is signed in. */
export interface BrowserSession {
  readonly id: string;
  readonly userId: string;
  readonly method: SignInMethod;
  /** Milliseconds: when its person last showed who they are; `null` where they have not. */
  readonly provenAt: number | null;
  readonly secretHash: string;
}

/** A browser's session, where the ledger has it and it holds. Its use is noted. */
export async function findBrowserSession(gateway: Gateway, id: string): Promise<BrowserSession | undefined> {
  const now = gateway.clock();
  const grant = await findGrant(gateway.store.db, id);
  if (grant === undefined || !isLive(grant, now)) return undefined;
  const { user_id: userId, method, proven_at: provenAt, secret_hash: secretHash } = grant;
  if (method === null || secretHash === null) return undefined;
  gateway.uses.note(id, now);
  return { id, userId, method, provenAt, secretHash };
}

/** Whether this is the second secret of a session. */
export function isSecretOf({ secretHash }: BrowserSession, secret: string): boolean {
  return equalInConstantTime(secretHash, sha256(secret));
}

/** Whether a browser's person has shown who they are a short while ago. */
export function isProven(gateway: Gateway, { provenAt }: BrowserSession): boolean {
  return provenAt !== null && wasProven(gateway, provenAt);
}

/** Whether a moment, in milliseconds, is a short while ago. */
export function wasProven(gateway: Gateway, at: number): boolean {
  return gateway.clock() - at < provenSeconds * 1000;
}

/** Notes that the person of a browser's session has shown who they are once more. */
export async function confirmBrowserSession(gateway: Gateway, id: string): Promise<void> {
  await gateway.store.write((tx) => setProvenAt(tx, id, gateway.clock()));
}

/** Signs a browser out. What it began and has not finished is over; what was made in it goes on. */
export async function leaveBrowserSession(gateway: Gateway, userId: string, id: string): Promise<void> {
  await ending(gateway, { by: userId, why: 'the browser was signed out' }, (_tx, { letGo }) => letGo([id]));
}
