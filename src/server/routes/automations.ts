import { z } from 'zod';
import { automationAnswer, automationBody, automationsAnswer } from '../../contract/automations.ts';
import { id } from '../../contract/fields.ts';
import { asAdmin, asUser } from '../../gateway/callers.ts';
import {
  createAutomation,
  deleteAutomation,
  getAutomation,
  listAutomations,
} from '../../gateway/settings/automations.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['automations'];
const params = z.object({ id });

export const automationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/automations',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'List', response: { 200: automationsAnswer } },
    handler: async ({ gateway }, request) => ({
      automations: await listAutomations(gateway, asUser(callerOf(request))),
    }),
  }),

  route({
    method: 'POST',
    url: '/v1/automations',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Create', body: automationBody, response: { 201: automationAnswer } },
    handler: async ({ gateway }, request, reply) => {
      const automation = await createAutomation(gateway, asAdmin(callerOf(request)), request.body.name);
      return reply.status(201).send({ automation });
    },
  }),

  route({
    method: 'GET',
    url: '/v1/automations/:id',
    access: 'user',
    scope: 'read',
    schema: { tags, summary: 'Read one', params, response: { 200: automationAnswer } },
    handler: async ({ gateway }, request) => ({
      automation: await getAutomation(gateway, asUser(callerOf(request)), request.params.id),
    }),
  }),

  route({
    method: 'DELETE',
    url: '/v1/automations/:id',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Delete', params, response: { 204: z.null() } },
    handler: async ({ gateway }, request, reply) => {
      await deleteAutomation(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  }),
];
