import { randomBytes } from 'node:crypto';
import { sha256 } from '../../lib/hash.ts';
import { newId } from '../../lib/ids.ts';
import { Secret } from '../../lib/secret.ts';
import type { Database } from '../../store/engine/database.ts';
import { acceptInvitationRow, findInvitation, type InvitationInfo } from '../../store/invitations.ts';
import { insertMember } from '../../store/members.ts';
import {
  deleteLoginLinksOf,
  findLink,
  findLoginLink,
  insertLink,
  type LinkPurpose,
  type LoginLinkInfo,
  redeemLink,
} from '../../store/one-time-links.ts';
import type { OneTimeLinkRow } from '../../store/tables.ts';
import { isUserTokenGood } from '../../store/user-tokens.ts';
import { findUser, findUserByEmail } from '../../store/users.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';

/** How long a login link can be used. */
const loginLinkMs = 15 * 60_000;

/** The secret of a new link: 256 random bits, stored as a hash, good for one use within `lifeMs`. */
export async function newLink(
  tx: Database,
  purpose: LinkPurpose,
  subject: string,
  now: number,
  lifeMs: number,
): Promise<Secret> {
  return keepLink(tx, {
    purpose,
    subject,
    user_token_id: null,
    created_at: now,
    expires_at: now + lifeMs,
  });
}

async function keepLink(tx: Database, link: Omit<OneTimeLinkRow, 'token_hash' | 'used_at'>): Promise<Secret> {
  const secret = randomBytes(32).toString('base64url');
  await insertLink(tx, { ...link, token_hash: sha256(secret), used_at: null });
  return new Secret(secret);
}

/** A link that logs a user in, for a quarter of an hour, or until the user token that it was asked for with has ended. */
export async function newLoginLink(
  gateway: Gateway,
  userId: string,
  userTokenId: string | null,
): Promise<Secret> {
  return linkFor(gateway, { purpose: 'login', userId, userTokenId });
}

/**
 * The same for a person who has lost their other sign-in methods: it lets them set new ones. For the gateway's own machine to give
 * out, and nobody else. Throws `not_found`.
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
  return linkFor(gateway, { purpose: 'recovery', userId: user.id, userTokenId: null });
}

async function linkFor(gateway: Gateway, { purpose, userId, userTokenId }: LoginLinkInfo): Promise<Secret> {
  const now = gateway.clock();
  const about = { purpose, subject: userId, user_token_id: userTokenId };
  return gateway.store.write((tx) =>
    keepLink(tx, { ...about, created_at: now, expires_at: now + loginLinkMs }),
  );
}

export interface LoginLink extends LoginLinkInfo {
  readonly email: string;
}

/** Whom a login link signs in; it stays unused. Throws `expired`. */
export async function readLoginLink(gateway: Gateway, secret: string): Promise<LoginLink> {
  return goodLoginLink(gateway, gateway.store.db, secret);
}

/** Uses a login link up and says whose it is. Throws `expired`. */
export async function redeemLoginLink(gateway: Gateway, secret: string): Promise<LoginLink> {
  return gateway.store.write(async (tx) => {
    const link = await goodLoginLink(gateway, tx, secret);
    const redeemed = await redeemLink(tx, link.purpose, sha256(secret), gateway.clock());
    if (redeemed === undefined) throw loginLinkOver();
    return link;
  });
}

async function goodLoginLink(gateway: Gateway, db: Database, secret: string): Promise<LoginLink> {
  const now = gateway.clock();
  const link = await findLoginLink(db, sha256(secret), now);
  const user = link && (await findUser(db, link.userId));
  if (link === undefined || user === undefined) throw loginLinkOver();
  if (link.userTokenId !== null && !(await isUserTokenGood(db, link.userTokenId, now))) throw loginLinkOver();
  return { ...link, email: user.email };
}

/** Takes back the links that would log a user in. */
export async function withdrawLoginLinks(gateway: Gateway, userId: string): Promise<void> {
  await gateway.store.write((tx) => deleteLoginLinksOf(tx, userId));
}

function loginLinkOver(): GatewayError {
  return new GatewayError(
    'expired',
    'This login link was used already, is older than 15 minutes, or was taken back. For a new one run `assent login --link` where you use the command line.',
  );
}

/** The invitation that a link is for. Throws `expired`. */
export async function invitationOfLink(gateway: Gateway, secret: string): Promise<InvitationInfo> {
  const id = await findLink(gateway.store.db, 'invitation', sha256(secret), gateway.clock());
  const invitation = id === undefined ? undefined : await findInvitation(gateway.store.db, id);
  if (invitation === undefined) throw invitationOver();
  return invitation;
}

/** Makes a signed-in user a member, and uses the link up. Throws `expired`, and `forbidden` for another address. */
export async function acceptInvitation(gateway: Gateway, secret: string, userId: string): Promise<void> {
  const now = gateway.clock();
  await gateway.store.write(async (tx) => {
    const id = await redeemLink(tx, 'invitation', sha256(secret), now);
    const invitation = id === undefined ? undefined : await findInvitation(tx, id);
    if (invitation === undefined || !(await acceptInvitationRow(tx, invitation.id))) throw invitationOver();
    const user = await findUser(tx, userId);
    if (user?.email !== invitation.email)
      throw new GatewayError('forbidden', `This invitation is for ${invitation.email}.`);
    const { organizationId, role } = invitation;
    await insertMember(tx, { id: newId(), organizationId, userId, role }, now);
  });
  gateway.log.info({ userId }, 'invitation accepted');
}

function invitationOver(): GatewayError {
  return new GatewayError('expired', 'This invitation was used already, or is over. Ask for a new one.');
}
