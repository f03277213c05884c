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
import type { Routes } from '../context.ts';

const tags = ['automations'];
const params = z.object({ id });

export const automationRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/automations',
    { config: { access: 'user' }, schema: { tags, summary: 'List', response: { 200: automationsAnswer } } },
    async (request) => ({ automations: await listAutomations(gateway, asUser(callerOf(request))) }),
  );

  app.post(
    '/v1/automations',
    {
      config: { access: 'admin' },
      schema: { tags, summary: 'Create', body: automationBody, response: { 201: automationAnswer } },
    },
    async (request, reply) => {
      const automation = await createAutomation(gateway, asAdmin(callerOf(request)), request.body.name);
      return reply.status(201).send({ automation });
    },
  );

  app.get(
    '/v1/automations/:id',
    {
      config: { access: 'user' },
      schema: { tags, summary: 'Read one', params, response: { 200: automationAnswer } },
    },
    async (request) => ({
      automation: await getAutomation(gateway, asUser(callerOf(request)), request.params.id),
    }),
  );

  app.delete(
    '/v1/automations/:id',
    { config: { access: 'admin' }, schema: { tags, summary: 'Delete', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteAutomation(gateway, asAdmin(callerOf(request)), request.params.id);
      return reply.status(204).send(null);
    },
  );
};
