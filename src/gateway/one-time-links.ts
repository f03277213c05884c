import { randomBytes } from 'node:crypto';
import { sha256 } from '../lib/hash.ts';
import { newId } from '../lib/ids.ts';
import { Secret } from '../lib/secret.ts';
import type { Database } from '../store/database.ts';
import { acceptInvitationRow, findInvitation, type InvitationInfo } from '../store/invitations.ts';
import { insertMember } from '../store/members.ts';
import { findLink, insertLink, type LinkPurpose, redeemLink } from '../store/one-time-links.ts';
import { findUser } from '../store/users.ts';
import { GatewayError } from './errors.ts';
import type { Gateway } from './gateway.ts';

const loginLinkMs = 15 * 60_000;

/** The secret of a new link: 256 random bits, stored as a hash, good for one use within `lifeMs`. */
export async function newLink(
  tx: Database,
  purpose: LinkPurpose,
  subject: string,
  now: number,
  lifeMs: number,
): Promise<Secret> {
  const secret = randomBytes(32).toString('base64url');
  const row = {
    token_hash: sha256(secret),
    purpose,
    subject,
    created_at: now,
    expires_at: now + lifeMs,
    used_at: null,
  };
  await insertLink(tx, row);
  return new Secret(secret);
}

/** A link that logs a user in, for a quarter of an hour. */
export async function newLoginLink(gateway: Gateway, userId: string): Promise<Secret> {
  return gateway.store.write((tx) => newLink(tx, 'login', userId, gateway.clock(), loginLinkMs));
}

/** Uses a login link up and names its user. Throws `expired`. */
export async function redeemLoginLink(gateway: Gateway, secret: string): Promise<string> {
  const userId = await gateway.store.write((tx) => redeemLink(tx, 'login', sha256(secret), gateway.clock()));
  if (userId === undefined) {
    throw new GatewayError(
      'expired',
      'This login link was used already, or is older than 15 minutes. For a new one run `assent login --link` where you use the command line.',
    );
  }
  return userId;
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
