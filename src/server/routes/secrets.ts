import { z } from 'zod';
import { secretAnswer, secretBody, secretKey, secretsAnswer } from '../../contract/secrets.ts';
import { asAdmin } from '../../gateway/callers.ts';
import { deleteSecret, listSecrets, setSecret } from '../../gateway/settings/secrets.ts';
import { callerOf } from '../access.ts';
import type { Routes } from '../context.ts';

const tags = ['secrets'];
const params = z.object({ key: secretKey });
const config = { access: 'admin' } as const;

export const secretRoutes: Routes = async (app, { gateway }) => {
  app.get(
    '/v1/secrets',
    { config, schema: { tags, summary: 'List the keys', response: { 200: secretsAnswer } } },
    async (request) => ({ secrets: await listSecrets(gateway, asAdmin(callerOf(request))) }),
  );

  app.put(
    '/v1/secrets/:key',
    {
      config,
      schema: { tags, summary: 'Set a value', params, body: secretBody, response: { 200: secretAnswer } },
    },
    async (request) => {
      const caller = asAdmin(callerOf(request));
      return { secret: await setSecret(gateway, caller, request.params.key, request.body.value) };
    },
  );

  app.delete(
    '/v1/secrets/:key',
    { config, schema: { tags, summary: 'Delete', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await deleteSecret(gateway, asAdmin(callerOf(request)), request.params.key);
      return reply.status(204).send(null);
    },
  );
};
