import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { inviteBody, invited, memberAnswer, membersAnswer, roleBody } from '../../contract/members.ts';
import { asAdmin } from '../../gateway/callers.ts';
import { inviteMember, listMembers, removeMember, setMemberRole } from '../../gateway/people/members.ts';
import { askProof, callerOf } from '../access.ts';
import { linkTo } from '../pages/links.ts';
import { type Route, route } from '../route.ts';

const tags = ['members'];
const params = z.object({ id });

export const memberRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/members',
    access: 'admin',
    scope: 'read',
    schema: { tags, summary: 'Members and open invitations', response: { 200: membersAnswer } },
    handler: async ({ gateway }, request) => listMembers(gateway, asAdmin(callerOf(request))),
  }),

  route({
    method: 'POST',
    url: '/v1/members',
    access: 'admin',
    scope: 'configure',
    before: askProof,
    schema: { tags, summary: 'Invite', body: inviteBody, response: { 201: invited } },
    handler: async ({ gateway, publicUrl }, request, reply) => {
      const { email, role } = request.body;
      const { invitation, secret } = await inviteMember(gateway, asAdmin(callerOf(request)), email, role);
      return reply.status(201).send({ invitation, link: linkTo(publicUrl(), 'invite', secret) });
    },
  }),

  route({
    method: 'PATCH',
    url: '/v1/members/:id',
    access: 'admin',
    before: askProof,
    scope: 'configure',
    schema: { tags, summary: 'Set the role', params, body: roleBody, response: { 200: memberAnswer } },
    handler: async ({ gateway }, request) => {
      const caller = asAdmin(callerOf(request));
      return { member: await setMemberRole(gateway, caller, request.params.id, request.body.role) };
    },
  }),

  route({
    method: 'DELETE',
    url: '/v1/members/:id',
    access: 'admin',
    scope: 'configure',
    schema: {
      tags,
      summary: 'Remove a member, or take an invitation back',
      params,
      response: { 204: z.null() },
    },
    handler: async ({ gateway }, request, reply) => {
      await removeMember(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  }),
];
