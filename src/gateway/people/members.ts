import type { Invited, Member, MembersAnswer, Role } from '../../contract/members.ts';
import { isoTime } from '../../lib/clock.ts';
import { newId } from '../../lib/ids.ts';
import { revokeSessionsOf } from '../../store/agent-sessions.ts';
import type { Database } from '../../store/engine/database.ts';
import {
  cancelInvitation,
  cancelInvitationsBy,
  type InvitationInfo,
  insertInvitation,
  listInvitations,
} from '../../store/invitations.ts';
import { revokeKeptResults } from '../../store/kept-results.ts';
import * as store from '../../store/members.ts';
import { denyPendingOfSessions } from '../../store/transitions.ts';
import { revokeAllUserTokens } from '../../store/user-tokens.ts';
import { announceNotApproved } from '../announce.ts';
import type { AdminCaller } from '../callers.ts';
import { dropResultsNow } from '../drop-results.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { toInvocation } from '../to-invocation.ts';
import { newLink } from './one-time-links.ts';

/** How long an invitation can be accepted. */
const invitationMs = 7 * 24 * 3600 * 1000;

export async function listMembers(gateway: Gateway, caller: AdminCaller): Promise<MembersAnswer> {
  const { organizationId } = caller;
  const [members, invitations] = await Promise.all([
    store.listMembers(gateway.store.db, organizationId),
    listInvitations(gateway.store.db, organizationId, gateway.clock()),
  ]);
  return { members: members.map(toMember), invitations: invitations.map(toInvitation) };
}

/**
 * Invites an address. The person who holds the returned secret can join as it, once, within seven days.
 * Throws `conflict` where they are a member already, `forbidden` where an admin would make an owner.
 */
export async function inviteMember(
  gateway: Gateway,
  caller: AdminCaller,
  email: string,
  role: Role,
): Promise<{ invitation: Invited['invitation']; secret: string }> {
  refuseAboveOwnRole(caller, role);
  const now = gateway.clock();
  const address = email.toLowerCase();
  const members = await store.listMembers(gateway.store.db, caller.organizationId);
  if (members.some((member) => member.email === address)) {
    throw new GatewayError(
      'conflict',
      `${address} is a member already. Change the role in the settings, or with \`assent members set-role\`.`,
    );
  }
  const invitation = {
    id: newId(),
    organizationId: caller.organizationId,
    email: address,
    role,
    expiresAt: now + invitationMs,
    inviterId: caller.userId,
  };
  const secret = await gateway.store.write(async (tx) => {
    await insertInvitation(tx, invitation, now);
    return newLink(tx, 'invitation', invitation.id, now, invitationMs);
  });
  gateway.log.info({ by: caller.userId, invitationId: invitation.id, role }, 'member invited');
  return { invitation: toInvitation(invitation), secret: secret.reveal() };
}

/**
 * Who becomes a member invites nobody any more: their open invitations are taken back.
 * Throws `not_found`; `forbidden` beyond one's own role; `conflict` for the last owner.
 */
export async function setMemberRole(
  gateway: Gateway,
  caller: AdminCaller,
  id: string,
  role: Role,
): Promise<Member> {
  refuseAboveOwnRole(caller, role);
  const changed = await gateway.store.write(async (tx) => {
    const member = await changeable(tx, caller, id, role !== 'owner');
    await store.updateMemberRole(tx, caller.organizationId, id, role);
    if (role === 'member') await cancelInvitationsBy(tx, caller.organizationId, member.userId);
    return { ...member, role };
  });
  gateway.log.info({ by: caller.userId, memberId: id, role }, 'member role set');
  return toMember(changed);
}

/**
 * The member's tokens and agents' sessions end with the membership, what those had waiting is denied, and what was kept of their
 * results is dropped. The id of an open invitation takes that back instead.
 * Throws as `setMemberRole`.
 */
export async function removeMember(gateway: Gateway, caller: AdminCaller, id: string): Promise<void> {
  const { organizationId } = caller;
  const now = gateway.clock();
  const denied = await gateway.store.write(async (tx) => {
    if (await cancelInvitation(tx, organizationId, id)) return [];
    const { userId } = await changeable(tx, caller, id, true);
    await store.deleteMember(tx, organizationId, id);
    await revokeAllUserTokens(tx, organizationId, userId, now);
    await cancelInvitationsBy(tx, organizationId, userId);
    const sessions = await revokeSessionsOf(tx, organizationId, userId, now);
    const why = 'the member who opened the session was removed';
    const denied = await denyPendingOfSessions(tx, sessions, caller.userId, now, why);
    await revokeKeptResults(tx, sessions);
    return denied;
  });
  await dropResultsNow(gateway);
  for (const row of denied) announceNotApproved(gateway, toInvocation(row));
  gateway.log.info({ by: caller.userId, memberId: id }, 'member removed');
}

async function changeable(
  tx: Database,
  caller: AdminCaller,
  id: string,
  endsOwnership: boolean,
): Promise<store.MemberInfo> {
  const owners = await store.countOwners(tx, caller.organizationId);
  const member = await store.findMember(tx, caller.organizationId, id);
  if (member === undefined) throw notFound('member');
  refuseAboveOwnRole(caller, member.role);
  if (member.role === 'owner' && endsOwnership && owners === 1) {
    throw new GatewayError('conflict', 'This is the last owner. Make somebody else an owner first.');
  }
  return member;
}

/** Admins manage admins and members; only owners touch owners. */
function refuseAboveOwnRole(caller: AdminCaller, role: Role): void {
  if (role !== 'owner' || caller.role === 'owner') return;
  throw new GatewayError('forbidden', 'Only an owner can make, change or remove an owner.');
}

function toMember(info: store.MemberInfo): Member {
  return { ...info, createdAt: isoTime(info.createdAt) };
}

function toInvitation(info: InvitationInfo): Invited['invitation'] {
  return { id: info.id, email: info.email, role: info.role, expiresAt: isoTime(info.expiresAt) };
}
