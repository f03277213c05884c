import type { Role } from '../../contract/members.ts';
import { sha256 } from '../../lib/hash.ts';
import { newId } from '../../lib/ids.ts';
import type { Secret } from '../../lib/secret.ts';
import { type Database, lockRow } from '../../store/engine/database.ts';
import {
  acceptInvitationRow,
  findInvitation,
  type InvitationInfo,
  insertInvitation,
} from '../../store/invitations.ts';
import { findMembership, insertMember } from '../../store/members.ts';
import { findLink, redeemLink } from '../../store/one-time-links.ts';
import { findSignInMethods } from '../../store/sign-in-methods.ts';
import { findUser, findUserByEmail, insertUser, renameUser } from '../../store/users.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { addGrant, ending } from './grants.ts';
import { newLink } from './one-time-links.ts';
import { insertFirstPassword } from './set-password.ts';

/** How long an invitation can be accepted. */
const invitationMs = 7 * 24 * 3600 * 1000;

/** Enters an invitation, which ends with what the inviter's request came with. Throws `expired` where that has ended. */
export async function newInvitation(
  gateway: Gateway,
  { userId, organizationId, credential }: AdminCaller,
  email: string,
  role: Role,
): Promise<{ invitation: InvitationInfo; secret: Secret }> {
  const now = gateway.clock();
  const id = newId();
  return gateway.store.write(async (tx) => {
    const wanted = now + invitationMs;
    const parentId = credential?.id ?? null;
    const grant = { id, kind: 'invitation', user_id: userId, organizationId, parentId } as const;
    const expiresAt = (await addGrant(tx, { ...grant, expiresAt: wanted }, now)) ?? wanted;
    const invitation = { id, organizationId, email, role, expiresAt };
    await insertInvitation(tx, { ...invitation, inviterId: userId }, now);
    const link = { purpose: 'invitation', subject: id, grant_id: id, created_at: now } as const;
    return { invitation, secret: await newLink(tx, { ...link, expires_at: expiresAt }) };
  });
}

/** What a link invites to, and as whom. */
export interface OpenInvitation extends InvitationInfo {
  /** Whose address it is, where they can sign in already: only they accept it. Otherwise whoever has the link sets a password. */
  readonly invitee: string | undefined;
}

/** The invitation that a link is for; it stays unused. Throws `expired`. */
export async function invitationOfLink(gateway: Gateway, secret: string): Promise<OpenInvitation> {
  const { db } = gateway.store;
  const id = await findLink(db, 'invitation', sha256(secret), gateway.clock());
  if (id === undefined) throw invitationOver();
  const invitation = await openInvitation(db, id);
  return { ...invitation, invitee: await inviteeOf(db, invitation.email) };
}

/** The inviter is asked again what they may give: they may have another role by now, or none. */
async function openInvitation(db: Database, id: string): Promise<InvitationInfo> {
  const invitation = await findInvitation(db, id);
  if (invitation === undefined) throw invitationOver();
  const inviter = await findMembership(db, invitation.inviterId, invitation.organizationId);
  if (inviter === undefined || !mayGive(inviter.role, invitation.role)) throw invitationOver();
  return invitation;
}

/** Owners give every role, admins all but that of an owner, members none. */
export function mayGive(own: Role, role: Role): boolean {
  return own === 'owner' || (own === 'admin' && role !== 'owner');
}

/** Whoever has the address and anything to sign in by. Who was removed has nothing left, and comes back as new. */
async function inviteeOf(db: Database, email: string): Promise<string | undefined> {
  const user = await findUserByEmail(db, email);
  if (user === undefined) return undefined;
  const { password, passkeys, accounts } = await findSignInMethods(db, user.id);
  const isNew = password === undefined && passkeys.length + accounts.length === 0;
  return isNew && (await findMembership(db, user.id)) === undefined ? undefined : user.id;
}

/** Makes a signed-in person a member, and uses the link up. Throws `expired`, and `forbidden` for another address. */
export async function acceptInvitation(gateway: Gateway, secret: string, userId: string): Promise<void> {
  await ending(gateway, used, async (tx, { letGo }) => {
    const invitation = await redeem(gateway, tx, secret);
    const user = await findUser(tx, userId);
    if (user?.email !== invitation.email)
      throw new GatewayError('forbidden', `This invitation is for ${invitation.email}.`);
    await letGo([invitation.id]);
    await join(gateway, tx, invitation, userId);
  });
}

/**
 * Makes somebody new a member, with a first password; the link proves no address. Gives back who they are, and their password's
 * grant. Throws `expired`, and `conflict` where somebody has that address and can sign in.
 */
export async function joinWithPassword(
  gateway: Gateway,
  secret: string,
  { name, hash }: { readonly name: string; readonly hash: string },
): Promise<{ userId: string; passwordId: string }> {
  return ending(gateway, used, async (tx, { letGo }) => {
    const invitation = await redeem(gateway, tx, secret);
    await lockRow(tx, 'organization', invitation.organizationId);
    if ((await inviteeOf(tx, invitation.email)) !== undefined) {
      throw new GatewayError(
        'conflict',
        `Somebody signs in here as ${invitation.email} already. Open the invitation once more, and sign in.`,
      );
    }
    const userId = await newcomer(tx, invitation.email, name, gateway.clock());
    const passwordId = await insertFirstPassword(tx, { userId, hash, parentId: null }, gateway.clock());
    await letGo([invitation.id]);
    await join(gateway, tx, invitation, userId);
    return { userId, passwordId };
  });
}

const used = { by: '', why: 'the invitation was used' };

async function newcomer(tx: Database, email: string, name: string, now: number): Promise<string> {
  const known = await findUserByEmail(tx, email);
  if (known !== undefined) {
    await renameUser(tx, known.id, name || known.name, now);
    return known.id;
  }
  const id = newId();
  await insertUser(tx, { id, name: name || email, email }, now);
  return id;
}

async function redeem(gateway: Gateway, tx: Database, secret: string): Promise<InvitationInfo> {
  const id = await redeemLink(tx, 'invitation', sha256(secret), gateway.clock());
  if (id === undefined) throw invitationOver();
  const invitation = await openInvitation(tx, id);
  if (!(await acceptInvitationRow(tx, id))) throw invitationOver();
  return invitation;
}

async function join(
  gateway: Gateway,
  tx: Database,
  { organizationId, role }: InvitationInfo,
  userId: string,
): Promise<void> {
  await insertMember(tx, { id: newId(), organizationId, userId, role }, gateway.clock());
  gateway.log.info({ userId }, 'invitation accepted');
}

function invitationOver(): GatewayError {
  return new GatewayError('expired', 'This invitation was used already, or is over. Ask for a new one.');
}
