import { z } from 'zod';
import {
  integrationAnswer,
  integrationBody,
  integrationsAnswer,
  providerId,
} from '../../contract/integrations.ts';
import { asAdmin } from '../../gateway/callers.ts';
import { deleteIntegration, listIntegrations, setIntegration } from '../../gateway/settings/integrations.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';

const tags = ['integrations'];
const params = z.object({ provider: providerId });

export const integrationRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/v1/integrations',
    access: 'admin',
    scope: 'read',
    schema: { tags, summary: 'List', response: { 200: integrationsAnswer } },
    handler: async ({ gateway }, request) => listIntegrations(gateway, asAdmin(callerOf(request))),
  }),

  route({
    method: 'PUT',
    url: '/v1/integrations/:provider',
    access: 'admin',
    scope: 'configure',
    schema: {
      tags,
      summary: 'Set a provider up',
      params,
      body: integrationBody,
      response: { 200: integrationAnswer },
    },
    handler: async ({ gateway }, request) => ({
      integration: await setIntegration(
        gateway,
        asAdmin(callerOf(request)),
        request.params.provider,
        request.body,
      ),
    }),
  }),

  route({
    method: 'DELETE',
    url: '/v1/integrations/:provider',
    access: 'admin',
    scope: 'configure',
    schema: { tags, summary: 'Remove', params, response: { 204: z.null() } },
    handler: async ({ gateway }, request, reply) => {
      await deleteIntegration(gateway, asAdmin(callerOf(request)), request.params.provider);
      return reply.status(204).send(null);
    },
  }),
];
