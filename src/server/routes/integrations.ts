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
import type { Routes } from '../context.ts';

const tags = ['integrations'];
const params = z.object({ provider: providerId });
const config = { access: 'admin' } as const;

export const integrationRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/integrations',
    { config, schema: { tags, summary: 'List', response: { 200: integrationsAnswer } } },
    async (request) => listIntegrations(gateway, asAdmin(callerOf(request))),
  );

  app.put(
    '/v1/integrations/:provider',
    {
      config,
      schema: {
        tags,
        summary: 'Set a provider up',
        params,
        body: integrationBody,
        response: { 200: integrationAnswer },
      },
    },
    async (request) => ({
      integration: await setIntegration(
        gateway,
        asAdmin(callerOf(request)),
        request.params.provider,
        request.body,
      ),
    }),
  );

  app.delete(
    '/v1/integrations/:provider',
    { config, schema: { tags, summary: 'Remove', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteIntegration(gateway, asAdmin(callerOf(request)), request.params.provider);
      return reply.status(204).send(null);
    },
  );
};
