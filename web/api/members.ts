import { queryOptions } from '@tanstack/react-query';
import type { Invited, Member, MembersAnswer, Role } from '../../src/contract/members.ts';
import { ask } from './fetch.ts';

/** Members and open invitations: for admins. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => ask<MembersAnswer>('GET', '/v1/members', undefined, signal),
});

/** The link is in this answer and in no other. */
export function invite(email: string, role: Role): Promise<Invited> {
  return ask<Invited>('POST', '/v1/members', { email, role });
}

export async function setRole(id: string, role: Role): Promise<Member> {
  return (await ask<{ member: Member }>('PATCH', `/v1/members/${id}`, { role })).member;
}

/** Removes a member; by the id of an open invitation, takes that back. */
export function removeMember(id: string): Promise<unknown> {
  return ask('DELETE', `/v1/members/${id}`);
}
