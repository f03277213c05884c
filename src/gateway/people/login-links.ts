import { sha256 } from '../../lib/hash.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import type { Database } from '../../store/engine/database.ts';
import { findGrant } from '../../store/grants.ts';
import { findLoginLink, type LoginLinkInfo, redeemLink } from '../../store/one-time-links.ts';
import { findUser, findUserByEmail } from '../../store/users.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { addGrant, ending } from './grants.ts';
import { newLink } from './one-time-links.ts';

/** How long a login link can be used. */
const loginLinkMs = 15 * 60_000;

/**
 * A link that signs a browser in as a person, for a quarter of an hour, or until what it was asked for with has ended; `null`
 * where the gateway's own machine asks. Throws `expired` where that has ended already.
 */
export async function newLoginLink(
  gateway: Gateway,
  userId: string,
  askedWith: string | null,
): Promise<Secret> {
  return linkFor(gateway, 'login', userId, askedWith);
}

/**
 * The same for a person who has lost their other sign-in methods, or to a thief: what they set by it replaces all that they had.
 * For the gateway's own machine to give out, and nobody else. Throws `not_found`.
 */
export async function newRecoveryLink(gateway: Gateway, email: string): Promise<Secret> {
  const user = await findUserByEmail(gateway.store.db, email.toLowerCase());
  if (user === undefined) {
    throw new GatewayError(
      'not_found',
      `Nobody here has the address ${email}. \`assent members list\` shows who there is.`,
    );
  }
  gateway.log.warn({ userId: user.id }, 'recovery link made');
  return linkFor(gateway, 'recovery', user.id, null);
}

async function linkFor(
  gateway: Gateway,
  purpose: 'login' | 'recovery',
  userId: string,
  parentId: string | null,
): Promise<Secret> {
  const now = gateway.clock();
  const id = newId();
  return gateway.store.write(async (tx) => {
    const wanted = now + loginLinkMs;
    const grant = { id, kind: 'login_link', user_id: userId, parentId, expiresAt: wanted } as const;
    const expires = (await addGrant(tx, grant, now)) ?? wanted;
    return newLink(tx, { purpose, subject: userId, grant_id: id, created_at: now, expires_at: expires });
  });
}

/** Whom a link signs in, and by what right. */
export interface LoginLink extends Pick<LoginLinkInfo, 'purpose' | 'userId'> {
  readonly email: string;
  /** The grant that the link was asked for with; `null` where the gateway's own machine made it. */
  readonly cameBy: string | null;
}

/** Whom a login link signs in; it stays unused. Throws `expired`. */
export async function readLoginLink(gateway: Gateway, secret: string): Promise<LoginLink> {
  return goodLoginLink(gateway, gateway.store.db, secret);
}

/** Uses a login link up and says whose it is. Throws `expired`. */
export async function redeemLoginLink(gateway: Gateway, secret: string): Promise<LoginLink> {
  return ending(gateway, { by: '', why: 'the link was used' }, async (tx, { letGo }) => {
    const link = await goodLoginLink(gateway, tx, secret);
    const redeemed = await redeemLink(tx, link.purpose, sha256(secret), gateway.clock());
    if (redeemed === undefined) throw loginLinkOver();
    await letGo([link.grantId]);
    return link;
  });
}

async function goodLoginLink(
  gateway: Gateway,
  db: Database,
  secret: string,
): Promise<LoginLink & { readonly grantId: string }> {
  const link = await findLoginLink(db, sha256(secret), gateway.clock());
  const user = link && (await findUser(db, link.userId));
  const grant = link?.grantId ? await findGrant(db, link.grantId) : undefined;
  if (link === undefined || user === undefined || grant === undefined || grant.ended_at !== null)
    throw loginLinkOver();
  const { purpose, userId } = link;
  return { purpose, userId, email: user.email, cameBy: grant.parent_id, grantId: grant.id };
}

function loginLinkOver(): GatewayError {
  return new GatewayError(
    'expired',
    'This login link was used already, is older than 15 minutes, or was taken back. For a new one run `assent login --link` where you use the command line.',
  );
}
