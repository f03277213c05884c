import { z } from 'zod';
import { id } from '../../contract/fields.ts';
import { inviteBody, invited, memberAnswer, membersAnswer, roleBody } from '../../contract/members.ts';
import { asAdmin } from '../../gateway/callers.ts';
import { inviteMember, listMembers, removeMember, setMemberRole } from '../../gateway/people/members.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';
import { linkTo } from '../pages/links.ts';

const tags = ['members'];
const params = z.object({ id });
const config = { access: 'admin' } as const;

export const memberRoutes: Routes = async (app, { gateway, publicUrl }) => {
  app.get(
    '/v1/members',
    { config, schema: { tags, summary: 'Members and open invitations', response: { 200: membersAnswer } } },
    async (request) => listMembers(gateway, asAdmin(callerOf(request))),
  );

  app.post(
    '/v1/members',
    { config, schema: { tags, summary: 'Invite', body: inviteBody, response: { 201: invited } } },
    async (request, reply) => {
      const { email, role } = request.body;
      const { invitation, secret } = await inviteMember(gateway, asAdmin(callerOf(request)), email, role);
      return reply.status(201).send({ invitation, link: linkTo(publicUrl(), 'invite', secret) });
    },
  );

  app.patch(
    '/v1/members/:id',
    {
      config,
      schema: { tags, summary: 'Set the role', params, body: roleBody, response: { 200: memberAnswer } },
    },
    async (request) => {
      const caller = asAdmin(callerOf(request));
      return { member: await setMemberRole(gateway, caller, request.params.id, request.body.role) };
    },
  );

  app.delete(
    '/v1/members/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Remove a member, or take an invitation back',
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await removeMember(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  );
};
