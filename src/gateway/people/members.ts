import type { Invited, Member, MembersAnswer, Role } from '../../contract/members.ts';
import { isoTime } from '../../lib/clock.ts';
import type { Database } from '../../store/engine/database.ts';
import { liveGrantIds } from '../../store/grants.ts';
import {
  findInvitation,
  type InvitationInfo,
  listInvitations,
  openInvitationsBy,
} from '../../store/invitations.ts';
import * as store from '../../store/members.ts';
import type { AdminCaller } from '../callers.ts';
import { GatewayError, notFound } from '../errors.ts';
import type { Gateway } from '../gateway.ts';
import { ending } from './grants.ts';
import { mayGive, newInvitation } from './invitations.ts';

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
  const address = email.toLowerCase();
  const members = await store.listMembers(gateway.store.db, caller.organizationId);
  if (members.some((member) => member.email === address)) {
    throw new GatewayError(
      'conflict',
      `${address} is a member already. Change the role in the settings, or with \`assent members set-role\`.`,
    );
  }
  const { invitation, secret } = await newInvitation(gateway, caller, address, role);
  gateway.log.info({ by: caller.userId, invitationId: invitation.id, role }, 'member invited');
  return { invitation: toInvitation(invitation), secret: secret.reveal() };
}

/**
 * What a role no longer gives is taken back: who becomes a member has no open invitations, and who is an owner no more none that
 * make an owner.
 * Throws `not_found`; `forbidden` beyond one's own role; `conflict` for the last owner.
 */
export async function setMemberRole(
  gateway: Gateway,
  caller: AdminCaller,
  id: string,
  role: Role,
): Promise<Member> {
  refuseAboveOwnRole(caller, role);
  const { organizationId, userId: by } = caller;
  const changed = await ending(gateway, { by, why: 'the role was set' }, async (tx, { takeAway }) => {
    const member = await changeable(tx, caller, id, role !== 'owner');
    await store.updateMemberRole(tx, organizationId, id, role);
    const given = (role?: Role) => openInvitationsBy(tx, organizationId, member.userId, role);
    if (role !== 'owner') await takeAway(await given(role === 'member' ? undefined : 'owner'));
    return { ...member, role };
  });
  gateway.log.info({ by, memberId: id, role }, 'member role set');
  return toMember(changed);
}

/**
 * All that the member was given for this organization ends with the membership: tokens, agents' sessions (what those had waiting
 * is denied, and what was kept of their results is dropped), invitations. Who belongs to no other one has no way to sign in left,
 * and comes back as new. The id of an open invitation takes that back instead.
 * Throws as `setMemberRole`.
 */
export async function removeMember(gateway: Gateway, caller: AdminCaller, id: string): Promise<void> {
  const { organizationId, userId: by } = caller;
  const why = 'the member who opened the session was removed';
  await ending(gateway, { by, why }, async (tx, { takeAway }) => {
    const invitation = await findInvitation(tx, id);
    if (invitation?.organizationId === organizationId) return takeAway([id]);
    const { userId } = await changeable(tx, caller, id, true);
    await store.deleteMember(tx, organizationId, id);
    const isMemberElsewhere = (await store.findMembership(tx, userId)) !== undefined;
    return takeAway(await liveGrantIds(tx, userId, isMemberElsewhere ? organizationId : undefined));
  });
  gateway.log.info({ by, memberId: id }, 'member removed');
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
  if (mayGive(caller.role, role)) return;
  throw new GatewayError('forbidden', 'Only an owner can make, change or remove an owner.');
}

function toMember(info: store.MemberInfo): Member {
  return { ...info, createdAt: isoTime(info.createdAt) };
}

function toInvitation(info: InvitationInfo): Invited['invitation'] {
  return { id: info.id, email: info.email, role: info.role, expiresAt: isoTime(info.expiresAt) };
}
